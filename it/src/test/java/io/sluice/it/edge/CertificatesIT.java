package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.TestCertificates;
import io.sluice.testkit.TestCertificates.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Which certificate and which protocol a client of the whole gateway gets.
class CertificatesIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @TempDir Path folder;

    private final TestCertificates authority = TestCertificates.authority("authority");
    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void theNameTheClientAsksForChoosesTheCertificate() throws IOException {
        PemFiles more = authority.server("more.test").writeTo(folder, "more");
        PemFiles wild = authority.server("any.wild.test").writeTo(folder, "wild");
        RunningGateway gateway =
                gateways.start(
                        config(
                                """
                                certificates:
                                  - {certFile: '%s', keyFile: '%s'}
                                  - {certFile: '%s', keyFile: '%s', hosts: ['*.wild.test']}
                                """
                                        .formatted(
                                                more.certificate(),
                                                more.key(),
                                                wild.certificate(),
                                                wild.key())));

        assertThat(shown(gateway, "more.test")).isEqualTo("CN=more.test");
        assertThat(shown(gateway, "MORE.test")).isEqualTo("CN=more.test");
        assertThat(shown(gateway, "any.wild.test")).isEqualTo("CN=any.wild.test");
        assertThat(shown(gateway, "gateway.test")).isEqualTo("CN=gateway.test");
        assertThat(shown(gateway, "other.test")).isEqualTo("CN=gateway.test");
    }

    @Test
    void aChangedCertificateIsShownToNewConnectionsWhileOldOnesGoOn() throws IOException {
        RunningGateway gateway = gateways.start(config(""));
        try (RawClient before = connect(gateway, "gateway.test", List.of())) {
            assertThat(before.request("GET /x HTTP/1.1").response().status()).isEqualTo(200);

            var _ = authority.server("gateway.test", "renewed.test").writeTo(folder, "gateway");

            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(names(gateway)).contains("renewed.test"));
            assertThat(before.request("GET /x HTTP/1.1").response().status()).isEqualTo(200);
        }
    }

    @Test
    void aFileThatIsNoCertificateLeavesTheOldOneInForce() throws IOException {
        RunningGateway gateway = gateways.start(config(""));
        Files.writeString(folder.resolve("gateway.crt"), "not a certificate");

        assertThat(gateway.gateway().reload()).isFalse();

        assertThat(shown(gateway, "gateway.test")).isEqualTo("CN=gateway.test");
    }

    @Test
    void http2IsOfferedByAlpnUnlessItIsOff() throws IOException {
        List<String> both = List.of("h2", "http/1.1");
        RunningGateway on = gateways.start(config(""));
        RunningGateway off = gateways.start(config(""), "frontend.http.enableHTTP2=false");

        try (RawClient client = connect(on, "gateway.test", both)) {
            assertThat(client.applicationProtocol()).isEqualTo("h2");
        }
        try (RawClient client = connect(off, "gateway.test", both)) {
            assertThat(client.applicationProtocol()).isEqualTo("http/1.1");
            assertThat(client.request("GET /x HTTP/1.1").response().status()).isEqualTo(200);
        }
    }

    private RawClient connect(RunningGateway gateway, String name, List<String> protocols) {
        return RawClient.connectTls(gateway.port(), authority.context(null), name, protocols);
    }

    private String shown(RunningGateway gateway, String name) throws IOException {
        try (RawClient client = connect(gateway, name, List.of())) {
            return certificate(client).getSubjectX500Principal().getName();
        }
    }

    private String names(RunningGateway gateway) throws Exception {
        try (RawClient client = connect(gateway, "gateway.test", List.of())) {
            return String.valueOf(certificate(client).getSubjectAlternativeNames());
        }
    }

    private static X509Certificate certificate(RawClient client) throws IOException {
        return (X509Certificate)
                ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
    }

    private String config(String more) {
        PemFiles own = authority.server("gateway.test").writeTo(folder, "gateway");
        String tls =
                "enabled: true\ncertFile: '%s'\nkeyFile: '%s'\n"
                        .formatted(own.certificate(), own.key());
        return GatewayText.of(origin)
                .section("frontend:\n  http:\n    tls:\n" + (tls + more).indent(6))
                .text();
    }
}
