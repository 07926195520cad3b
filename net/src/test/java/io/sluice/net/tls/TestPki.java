package io.sluice.net.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/// An authority of one test and what it issues, as PEM files in a folder.
final class TestPki {
    final X509Bundle authority;
    private final Path folder;

    TestPki(Path folder) throws Exception {
        this.folder = folder;
        this.authority =
                template()
                        .subject("CN=test authority")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        write("ca.pem", authority.getCertificatePEM());
    }

    static CertificateBuilder template() {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .notBefore(now.minus(Duration.ofDays(30)))
                .notAfter(now.plus(Duration.ofDays(30)))
                .ecp256();
    }

    String caFile() {
        return folder.resolve("ca.pem").toString();
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }

    /// Issues for DNS names and writes `name.pem` and `name.key`.
    X509Bundle issue(String name, CertificateBuilder builder, String... dnsNames) throws Exception {
        for (String dnsName : dnsNames) {
            builder.addSanDnsName(dnsName);
        }
        X509Bundle bundle = builder.subject("CN=" + name).buildIssuedBy(authority);
        write(name + ".key", bundle.getPrivateKeyPEM());
        write(name + ".pem", bundle.getCertificatePathPEM());
        return bundle;
    }

    void write(String name, String text) throws IOException {
        Path staged = folder.resolve(name + ".new");
        Files.writeString(staged, text);
        Files.move(staged, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
