package io.sluice.net.tls;

import io.sluice.core.time.Ticker;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate chain and its private key, checked to belong together.
///
/// @param chain leaf first
record KeyMaterial(List<X509Certificate> chain, PrivateKey key) {
    private static final int DNS_NAME = 2;
    private static final Duration SOON = Duration.ofDays(7);
    private static final byte[] PROBE = {1, 2, 3, 4};

    /// Reads both files; null when an error was found.
    ///
    /// @param certKey key path of `certFile` in the configuration, for findings; `keyKey` likewise
    static @Nullable KeyMaterial load(
            String certKey,
            String certFile,
            String keyKey,
            String keyFile,
            Ticker ticker,
            TlsFindings findings) {
        List<X509Certificate> chain = null;
        PrivateKey key = null;
        try {
            chain = PemFile.certificates(certFile);
        } catch (PemFile.Unusable unusable) {
            findings.error(certKey, message(unusable));
        }
        try {
            key = PemFile.privateKey(keyFile);
        } catch (PemFile.Unusable unusable) {
            findings.error(keyKey, message(unusable));
        }
        if (chain == null || key == null) {
            return null;
        }
        if (!belongTogether(chain.getFirst(), key)) {
            findings.error(
                    keyKey,
                    "the key in '"
                            + keyFile
                            + "' does not belong to the certificate in '"
                            + certFile
                            + "'");
            return null;
        }
        checkDates(certKey, certFile, chain.getFirst(), ticker.now(), findings);
        return new KeyMaterial(chain, key);
    }

    static String message(PemFile.Unusable unusable) {
        return String.valueOf(unusable.getMessage());
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    /// DNS names the leaf certificate is made for.
    List<String> names() {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = chain.getFirst().getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> entry : alternatives) {
                    if (entry.get(0) instanceof Integer type && type == DNS_NAME) {
                        names.add(String.valueOf(entry.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
        return names;
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(PROBE);
            return signer.verify(signature);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static void checkDates(
            String certKey, String file, X509Certificate leaf, Instant now, TlsFindings findings) {
        Instant end = leaf.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            findings.warning(certKey, "the certificate in '" + file + "' expired at " + end);
        } else if (end.isBefore(now.plus(SOON))) {
            findings.warning(certKey, "the certificate in '" + file + "' expires at " + end);
        }
        Instant start = leaf.getNotBefore().toInstant();
        if (start.isAfter(now)) {
            findings.warning(
                    certKey, "the certificate in '" + file + "' is valid only from " + start);
        }
    }
}
