package io.sluice.net.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.sluice.core.time.Ticker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    @TempDir Path folder;

    private static List<String> findings(ServerTlsConfig config) {
        TlsFindings findings = new TlsFindings();
        ServerTls tls = TlsEcho.load(config, findings);
        if (tls != null) {
            tls.close();
        }
        return findings.all().stream().map(TlsFinding::toString).toList();
    }

    private static List<String> problems(TlsVersionConfig config) {
        List<String> all = new ArrayList<>();
        config.check((key, message) -> all.add(key + ": " + message));
        return all;
    }

    @Test
    void everyBadFileIsReportedInOneSentence() throws Exception {
        TestPki pki = new TestPki(folder);
        pki.issue("a", TestPki.template(), "a.example");
        pki.issue("b", TestPki.template(), "b.example");
        Files.writeString(
                folder.resolve("junk.pem"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        ServerTlsConfig config =
                new ServerTlsConfig(
                        true,
                        pki.file("a.pem"),
                        pki.file("b.key"),
                        TlsVersionConfig.DEFAULTS,
                        new ClientCertificateConfig(
                                ClientAuth.VERIFY, pki.file("none.pem"), List.of()),
                        List.of(
                                new SniCertificateConfig(
                                        List.of(), pki.file("junk.pem"), pki.file("gone.key"))),
                        Duration.ofSeconds(10));
        assertThat(findings(config))
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .startsWith("keyFile: ")
                                        .contains("does not belong"),
                        second ->
                                assertThat(second)
                                        .startsWith("certificates[0].certFile: ")
                                        .contains("no readable"),
                        third ->
                                assertThat(third)
                                        .startsWith("certificates[0].keyFile: ")
                                        .contains("does not exist"),
                        fourth ->
                                assertThat(fourth)
                                        .startsWith("clientCAFile: ")
                                        .contains("does not exist"));
    }

    @Test
    void expiredCertificateIsAWarningOnly() throws Exception {
        TestPki pki = new TestPki(folder);
        CertificateBuilder old =
                TestPki.template().notAfter(Instant.now().minus(Duration.ofDays(1)));
        pki.issue("old", old, "localhost");
        TlsFindings findings = new TlsFindings();
        try (ServerTls tls =
                requireNonNull(
                        ServerTls.load(
                                ServerTlsConfig.of(pki.file("old.pem"), pki.file("old.key")),
                                AlpnOffer.EITHER,
                                Ticker.system(),
                                HandshakeListener.NONE,
                                findings))) {
            assertThat(tls).isNotNull();
        }
        assertThat(findings.broken()).isFalse();
        assertThat(findings.all()).singleElement().asString().contains("expired at");
    }

    @Test
    void olderKeyFormsAreRead() throws Exception {
        TestPki pki = new TestPki(folder);
        for (CertificateBuilder kind :
                List.of(TestPki.template().ecp256(), TestPki.template().rsa2048())) {
            X509Bundle bundle = kind.subject("CN=x").buildIssuedBy(pki.authority);
            KeyPair pair = bundle.getKeyPair();
            boolean rsa = pair.getPrivate().getAlgorithm().equals("RSA");
            byte[] pkcs8 = pair.getPrivate().getEncoded();
            // The inner form is the last OCTET STRING of PKCS#8; an EC one is given its curve back.
            String label = rsa ? "RSA PRIVATE KEY" : "EC PRIVATE KEY";
            byte[] inner = rsa ? Arrays.copyOfRange(pkcs8, 26, pkcs8.length) : sec1(pkcs8);
            pki.write("x.pem", bundle.getCertificatePathPEM());
            pki.write("x.key", pem(label, inner));
            assertThat(findings(ServerTlsConfig.of(pki.file("x.pem"), pki.file("x.key"))))
                    .isEmpty();
        }
    }

    private static byte[] sec1(byte[] pkcs8) {
        byte[] scalar = Arrays.copyOfRange(pkcs8, 35, 67);
        byte[] out = new byte[2 + 3 + 2 + 32 + 12];
        System.arraycopy(new byte[] {0x30, 49, 2, 1, 1, 4, 32}, 0, out, 0, 7);
        System.arraycopy(scalar, 0, out, 7, 32);
        byte[] curve = {(byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
        System.arraycopy(curve, 0, out, 39, 12);
        return out;
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    @Test
    void oldVersionsAreRefusedByName() {
        assertThat(problems(new TlsVersionConfig("1.0", "1.3", List.of())))
                .singleElement()
                .asString()
                .isEqualTo("minVersion: TLS 1.0 is broken and not offered, expected 1.2 or 1.3");
        assertThat(problems(new TlsVersionConfig("1.3", "1.2", List.of()))).hasSize(1);
        assertThat(problems(new TlsVersionConfig("TLS1.2", "TLSv1.3", List.of()))).isEmpty();
    }

    @Test
    void suitesAreKnownByNameAndByNumber() {
        TlsVersionConfig named =
                new TlsVersionConfig(
                        "1.2",
                        "1.3",
                        List.of("49199", "0xc02b", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305"));
        assertThat(problems(named)).isEmpty();
        assertThat(named.suites())
                .startsWith(
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")
                .contains("TLS_AES_128_GCM_SHA256");
        assertThat(
                        problems(
                                new TlsVersionConfig(
                                        "1.2", "1.3", List.of("TLS_RSA_WITH_RC4_128_MD5"))))
                .singleElement()
                .asString()
                .contains("not a supported suite");
    }
}
