package io.sluice.testkit;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A certificate authority of its own and what it signs, made in memory at test time with P-256 keys,
/// valid from yesterday for a week.
public final class TestCertificates {
    private static final char[] NO_PASSWORD = {};

    private final X509Bundle authority;

    private TestCertificates(X509Bundle authority) {
        this.authority = authority;
    }

    /// A new authority; nothing signed by another one is trusted by it.
    public static TestCertificates authority(String commonName) {
        return new TestCertificates(
                made(() -> builder(commonName).setIsCertificateAuthority(true).buildSelfSigned()));
    }

    /// A certificate with its key and the authority that signed it.
    public static final class Identity {
        private final X509Bundle bundle;

        private Identity(X509Bundle bundle) {
            this.bundle = bundle;
        }

        /// Certificate chain without the root.
        public String certificatePem() {
            return bundle.getCertificatePEM();
        }

        /// PKCS#8.
        public String privateKeyPem() {
            return bundle.getPrivateKeyPEM();
        }

        public X509Bundle bundle() {
            return bundle;
        }

        /// Writes `NAME.crt` and `NAME.key` into a folder.
        public PemFiles writeTo(Path folder, String name) {
            try {
                Path certificate = folder.resolve(name + ".crt");
                Path key = folder.resolve(name + ".key");
                Files.writeString(certificate, certificatePem());
                Files.writeString(key, privateKeyPem());
                return new PemFiles(certificate, key);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /// Where an identity was written.
    public record PemFiles(Path certificate, Path key) {}

    /// For servers: valid for the names and for 127.0.0.1.
    public Identity server(String... names) {
        CertificateBuilder builder =
                builder(names[0]).addExtendedKeyUsageServerAuth().addSanIpAddress("127.0.0.1");
        for (String name : names) {
            builder.addSanDnsName(name);
        }
        return signed(builder);
    }

    /// For clients.
    public Identity client(String commonName) {
        return signed(builder(commonName).addExtendedKeyUsageClientAuth());
    }

    /// A server certificate whose time is over.
    public Identity expiredServer(String name) {
        Instant now = Instant.now();
        return signed(
                builder(name)
                        .notBefore(now.minus(9, ChronoUnit.DAYS))
                        .notAfter(now.minus(2, ChronoUnit.DAYS))
                        .addExtendedKeyUsageServerAuth()
                        .addSanDnsName(name));
    }

    public String authorityPem() {
        return authority.getCertificatePEM();
    }

    /// A context that trusts this authority only.
    ///
    /// @param identity what to show the peer, or null
    public SSLContext context(@Nullable Identity identity) {
        return made(() -> {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority.getCertificate());
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(identity), trust.getTrustManagers(), null);
            return context;
        });
    }

    private static KeyManager @Nullable [] keys(@Nullable Identity identity)
            throws GeneralSecurityException {
        if (identity == null) {
            return null;
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.bundle.toKeyStore(NO_PASSWORD), NO_PASSWORD);
        return keys.getKeyManagers();
    }

    private Identity signed(CertificateBuilder builder) {
        return new Identity(made(() -> builder.buildIssuedBy(authority)));
    }

    private static CertificateBuilder builder(String commonName) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + commonName)
                .notBefore(now.minus(1, ChronoUnit.DAYS))
                .notAfter(now.plus(30, ChronoUnit.DAYS));
    }

    private interface Made<T> {
        T make() throws Exception;
    }

    private static <T> T made(Made<T> made) {
        try {
            return made.make();
        } catch (Exception e) {
            throw new IllegalStateException("cannot make a test certificate", e);
        }
    }
}
