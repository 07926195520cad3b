package io.sluice.edge.filter.auth;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the first public key of a PEM text: `PUBLIC KEY`, `CERTIFICATE` or `RSA PUBLIC KEY` (RFC 7468,
/// RFC 8017).
final class PemKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
    private static final List<String> FAMILIES = List.of("RSA", "EC", "Ed25519");

    /// `AlgorithmIdentifier` of rsaEncryption with its NULL.
    private static final byte[] RSA_IDENTIFIER =
            HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private PemKeys() {}

    /// @throws IllegalArgumentException when there is none
    static PublicKey read(String pem) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException(
                    "is no PEM text, expected -----BEGIN PUBLIC KEY----- or a certificate");
        }
        String label = block.group(1);
        byte[] bytes = bytes(block.group(2));
        return switch (label) {
            case "PUBLIC KEY" -> publicKey(bytes);
            case "CERTIFICATE" -> certificate(bytes);
            case "RSA PUBLIC KEY" -> publicKey(wrapped(bytes));
            default ->
                    throw new IllegalArgumentException(
                            "holds a " + label + ", expected a PUBLIC KEY or a CERTIFICATE");
        };
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getMimeDecoder().decode(text.replace("\\n", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is PEM text with broken base64", e);
        }
    }

    private static PublicKey publicKey(byte[] bytes) {
        for (String family : FAMILIES) {
            PublicKey key = publicKey(family, bytes);
            if (key != null) {
                return key;
            }
        }
        throw new IllegalArgumentException(
                "holds no key that can be read, expected RSA, EC or Ed25519");
    }

    private static @Nullable PublicKey publicKey(String family, byte[] bytes) {
        try {
            return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(bytes));
        } catch (InvalidKeySpecException e) {
            // A key of another family.
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey certificate(byte[] bytes) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("holds a certificate that cannot be read", e);
        }
    }

    /// PKCS#1 into the form with an algorithm identifier around it.
    private static byte[] wrapped(byte[] pkcs1) {
        ByteArrayOutputStream bits = new ByteArrayOutputStream();
        bits.write(0);
        bits.writeBytes(pkcs1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(RSA_IDENTIFIER);
        content.writeBytes(der(0x03, bits.toByteArray()));
        return der(0x30, content.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
