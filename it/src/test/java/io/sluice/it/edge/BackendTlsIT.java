package io.sluice.it.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.net.dial.TcpDialer;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.TestCertificates;
import io.sluice.testkit.TestCertificates.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class BackendTlsIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @TempDir Path folder;

    private final TestCertificates authority = TestCertificates.authority("authority");
    private final TestCertificates stranger = TestCertificates.authority("stranger");
    private final OriginServer origin =
            OriginServer.startTls(
                    "secure",
                    authority.context(authority.server("backend.test")),
                    OriginServer.ClientCertificate.NEEDED);

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void theGatewayShowsItsCertificateAndChecksTheServices() throws IOException {
        RunningGateway gateway = gateways.start(config(authority, authority, "backend.test"));

        HttpResponse<String> answer = gateway.get("/x");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"clientCertificate\":\"CN=gateway\"");
        assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
        assertThat(origin.counts().connections()).isEqualTo(1);
    }

    @Test
    void anInstanceWhoseSchemeIsHttpIsSpokenToInTheClearBesideOthers() throws IOException {
        String secured = config(authority, authority, "backend.test");
        try (OriginServer plain = OriginServer.start("plain")) {
            String to = "port: " + plain.port();
            String unsaid = secured.replace("port: " + origin.port(), to);
            assertThat(gateways.start(unsaid).get("/x").statusCode()).isEqualTo(502);

            String clear = secured.replace("port: " + origin.port(), to + ", scheme: http");
            assertThat(gateways.start(clear).get("/x").body()).contains("\"name\":\"plain\"");
        }
    }

    @Test
    void aServiceOfAnotherAuthorityIs502() throws IOException {
        isRefused(config(stranger, authority, "backend.test"));
    }

    @Test
    void theLogSaysOnceWhyAServiceIsNotTrusted() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(TcpDialer.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            RunningGateway gateway = gateways.start(config(stranger, authority, "backend.test"));
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.get("/x").statusCode()).isEqualTo(502);
            }
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel() == Level.WARN)
                .singleElement()
                .satisfies(line ->
                        assertThat(line.getKeyValuePairs().toString())
                                .contains("127.0.0.1:" + origin.port())
                                .contains("backend.test", "certification path"));
    }

    @Test
    void aServiceThatNeverFinishesItsHandshakeIs502InTheTimeOfTheHandshake() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String config =
                    config(authority, authority, "backend.test")
                            .replace("port: " + origin.port(), "port: " + silent.getLocalPort());

            HttpResponse<String> answer =
                    gateways.start(
                                    config,
                                    "backend.http.dialTimeout=10m",
                                    "backend.http.responseHeaderTimeout=10m",
                                    "backend.http.tlsHandshakeTimeout=300ms")
                            .get("/x");

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("The TLS handshake with the service took too long");
        }
    }

    @Test
    void aCertificateThatWasRenewedInItsFileIsShownAfterAReload() throws IOException {
        RunningGateway gateway = gateways.start(config(authority, authority, "backend.test"));
        assertThat(gateway.get("/x").body()).contains("\"clientCertificate\":\"CN=gateway\"");
        assertThat(gateway.gateway().reload()).isTrue();
        assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
        assertThat(origin.counts().connections()).as("nothing changed").isEqualTo(1);

        var _ = authority.client("renewed").writeTo(folder, "gateway");
        assertThat(gateway.gateway().reload()).isTrue();

        assertThat(gateway.get("/x").body()).contains("\"clientCertificate\":\"CN=renewed\"");
    }

    @Test
    void anAuthorityThatWasReplacedInItsFileHoldsAfterAReload() throws IOException {
        RunningGateway gateway = gateways.start(config(stranger, authority, "backend.test"));
        assertThat(gateway.get("/x").statusCode()).isEqualTo(502);

        Files.writeString(folder.resolve("root.crt"), authority.authorityPem());
        assertThat(gateway.gateway().reload()).isTrue();

        assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
    }

    @Test
    void whereHttp2IsOffNoServiceIsOfferedIt() throws Exception {
        assertThat(offered()).containsExactly("h2", "http/1.1");
        assertThat(offered("backend.http.disableHTTP2=true")).containsExactly("http/1.1");
    }

    /// The ALPN offer a service sees; it then hangs up.
    private List<String> offered(String... settings) throws Exception {
        SSLContext context = authority.context(authority.server("backend.test"));
        BlockingQueue<List<String>> offers = new LinkedBlockingQueue<>();
        try (SSLServerSocket service =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (SSLSocket accepted = (SSLSocket) service.accept()) {
                            accepted.setHandshakeApplicationProtocolSelector((_, offer) -> {
                                offers.add(offer);
                                return offer.getLast();
                            });
                            accepted.startHandshake();
                        } catch (IOException ended) {
                            // the client is told by its answer
                        }
                    });
            String config =
                    config(authority, authority, "backend.test")
                            .replace(
                                    "port: " + origin.port(),
                                    "scheme: https, port: " + service.getLocalPort());
            gateways.start(config, settings).get("/x");
            return requireNonNull(offers.poll(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void aServiceUnderAnotherNameIs502() throws IOException {
        isRefused(config(authority, authority, "other.test"));
    }

    @Test
    void aServiceThatDoesNotTakeOurCertificateIs502() throws IOException {
        isRefused(config(authority, stranger, "backend.test"));
    }

    private void isRefused(String config) {
        HttpResponse<String> answer = gateways.start(config).get("/x");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"error\":\"bad_gateway\"");
        assertThat(origin.counts().requests()).isZero();
    }

    private String config(TestCertificates root, TestCertificates ours, String name)
            throws IOException {
        Path rootFile = Files.writeString(folder.resolve("root.crt"), root.authorityPem());
        PemFiles own = ours.client("gateway").writeTo(folder, "gateway");
        return GatewayText.of(origin)
                .section(
                        """
                        backend:
                          http:
                            tls:
                              enabled: true
                              rootCAFile: '%s'
                              clientCertFile: '%s'
                              clientKeyFile: '%s'
                              serverName: %s
                        """
                                .formatted(rootFile, own.certificate(), own.key(), name))
                .text();
    }
}
