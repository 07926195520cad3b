package io.sluice.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and private keys from PEM files (RFC 7468). Blocks; not for loops.
final class PemFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([^-]*)-----END \\1-----");

    /// Says in one sentence what is wrong with a file, without its content.
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    private PemFile() {}

    /// All certificates of a file, in order; at least one.
    static List<X509Certificate> certificates(String file) throws Unusable {
        byte[] bytes = read(file);
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw new Unusable("'" + file + "' holds no certificate, expected PEM");
            }
            return found;
        } catch (CertificateException malformed) {
            throw new Unusable("'" + file + "' holds no readable certificate, expected PEM");
        }
    }

    /// The first private key of a file: PKCS#8, or the older forms for RSA (PKCS#1) and EC (SEC 1).
    static PrivateKey privateKey(String file) throws Unusable {
        Matcher block = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new Unusable("'" + file + "' holds no private key, expected PEM");
        }
        String label = block.group(1);
        if (label.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
            throw new Unusable("'" + file + "' is encrypted, expected a key without passphrase");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2).strip());
            return switch (label) {
                case "RSA PRIVATE KEY" -> key("RSA", Pkcs8.fromPkcs1(der));
                case "EC PRIVATE KEY" -> key("EC", Pkcs8.fromSec1(der));
                default -> anyKey(der);
            };
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new Unusable("'" + file + "' holds no readable RSA, EC or Ed25519 key");
        }
    }

    private static PrivateKey anyKey(byte[] pkcs8) throws GeneralSecurityException {
        try {
            return key("RSA", pkcs8);
        } catch (GeneralSecurityException notRsa) {
            try {
                return key("EC", pkcs8);
            } catch (GeneralSecurityException notEc) {
                return key("EdDSA", pkcs8);
            }
        }
    }

    private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] read(String file) throws Unusable {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_BYTES) {
                throw new Unusable("'" + file + "' is above 1 MiB, expected a PEM file");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException missing) {
            String from = Path.of(file).isAbsolute() ? "" : ", seen from the working directory";
            throw new Unusable("file '" + file + "' does not exist" + from);
        } catch (IOException unreadable) {
            throw new Unusable("file '" + file + "' cannot be read");
        }
    }
}
