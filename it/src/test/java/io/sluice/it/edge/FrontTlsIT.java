package io.sluice.it.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHeaders;
import io.sluice.testkit.TestCertificates;
import io.sluice.testkit.TestCertificates.PemFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class FrontTlsIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @TempDir Path folder;

    private final TestCertificates authority = TestCertificates.authority("authority");

    /// Of the same name, so that clients do show what it issued.
    private final TestCertificates stranger = TestCertificates.authority("authority");

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aClientWithoutCertificateIsCountedAsSuch() throws IOException {
        RunningGateway gateway = gateways.start(config("require"));

        refused(gateway, authority.context(null));

        counted(gateway, "no_certificate");
        assertThat(origin.counts().requests()).isZero();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsCountedAsSuch() throws IOException {
        RunningGateway gateway = gateways.start(config("require"));

        refused(gateway, authority.context(stranger.client("mallory")));

        counted(gateway, "bad_certificate");
        assertThat(origin.counts().requests()).isZero();
    }

    @Test
    void aClientThatDoesNotTrustUsIsCountedAsSuch() throws IOException {
        RunningGateway gateway = gateways.start(config("none"));

        refused(gateway, stranger.context(null));

        counted(gateway, "client_alert");
    }

    @Test
    void anOldVersionIsCountedAsSuch() throws Exception {
        RunningGateway gateway = gateways.start(config("none"));
        SSLContext context = authority.context(null);

        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }

        counted(gateway, "nothing_in_common");
    }

    @Test
    void plainHttpOnTheTlsPortIsCountedAsSuch() throws IOException {
        RunningGateway gateway = gateways.start(config("none"));

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }

        counted(gateway, "not_tls");
    }

    @Test
    void bytesThatAreNoTlsAfterTheHandshakeEndTheConnectionAndNothingElse() throws IOException {
        RunningGateway gateway = gateways.start(config("none"), "loops=1");
        Logger logger = (Logger) LoggerFactory.getLogger("io.sluice.net");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);

        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                SSLSocket secure =
                        (SSLSocket)
                                authority
                                        .context(null)
                                        .getSocketFactory()
                                        .createSocket(plain, "localhost", gateway.port(), true)) {
            plain.setSoTimeout(20_000);
            secure.startHandshake();
            secure.getOutputStream().write("GET /x HTTP/1.1\r\n".getBytes(UTF_8));
            plain.getOutputStream().write("GET /x HTTP/1.1\r\n\r\n".getBytes(UTF_8));

            plain.getInputStream().transferTo(OutputStream.nullOutputStream());
            // The loop that answers this is done with the other connection.
            try (RawClient next =
                    RawClient.connectTls(
                            gateway.port(), authority.context(null), "localhost", List.of())) {
                assertThat(next.request("GET /y HTTP/1.1").response().status()).isEqualTo(200);
            }
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list).isEmpty();
        assertThat(origin.counts().requests()).isEqualTo(1);
    }

    @Test
    void aStalledHandshakeIsClosedInTimeAndCountedAsSuch() throws IOException {
        RunningGateway gateway =
                gateways.start(config("none"), "frontend.http.tls.handshakeTimeout=300ms");

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send(new byte[] {22, 3, 1});
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }

        counted(gateway, "timeout");
    }

    @Test
    void aClientThatLeavesDuringTheHandshakeIsCountedAsSuch() throws IOException {
        RunningGateway gateway = gateways.start(config("none"));

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write(new byte[] {22, 3, 1});
        }

        counted(gateway, "closed");
    }

    @Test
    void aGoodHandshakeIsNotCounted() throws IOException {
        RunningGateway gateway = gateways.start(config("require"));

        assertThat(ask(gateway, authority.context(authority.client("alice"))))
                .startsWith("HTTP/1.1 200");
        assertThat(metrics(gateway).lines())
                .filteredOn(line -> line.startsWith("gateway_tls_handshake_failures_total"))
                .hasSize(8)
                .allMatch(line -> line.endsWith(" 0.0"));
    }

    @Test
    void theServiceIsToldWhoseCertificateItIsAndNobodyElseCanSaySo() throws IOException {
        RunningGateway gateway = gateways.start(config("require"));
        SSLContext alice = authority.context(authority.client("alice"));

        assertThat(ask(gateway, alice, "X-Auth-Subject: root")).startsWith("HTTP/1.1 200");

        RawHeaders told = origin.seen().getFirst().headers();
        assertThat(told.first("X-Auth-Subject")).isEqualTo("alice");
        assertThat(told.first("X-Auth-Provider")).isEqualTo("mtls");
        assertThat(told.first("X-Auth-Claims"))
                .contains("\"subject\":\"CN=alice\"", "\"fingerprint\":\"");
    }

    @Test
    void aCertificateIsACredentialWhereTheConfigurationSaysSo() throws IOException {
        String asked = config("request") + "  auth: {required: true, mtls: {enabled: true}}\n";
        RunningGateway gateway = gateways.start(asked);

        assertThat(ask(gateway, authority.context(null))).startsWith("HTTP/1.1 401");
        assertThat(ask(gateway, authority.context(authority.client("alice"))))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aCertificateDoesNotTakeThePlaceOfATokenByItself() throws IOException {
        String tokens =
                config("require")
                        + "  auth: {required: true, jwt: {enabled: true, signingMethod: HS256, secret: "
                        + TokenIssuer.SECRET
                        + "}}\n";
        RunningGateway gateway = gateways.start(tokens);

        assertThat(ask(gateway, authority.context(authority.client("alice"))))
                .startsWith("HTTP/1.1 401");
    }

    /// In TLS 1.3 a client learns of it only after its own handshake is done.
    private static void refused(RunningGateway gateway, SSLContext context) {
        try {
            assertThat(ask(gateway, context)).isEmpty();
        } catch (UncheckedIOException cut) {
            assertThat(cut).hasMessageContaining("javax.net.ssl");
        }
    }

    private static String ask(RunningGateway gateway, SSLContext context, String... fields) {
        try (RawClient client =
                RawClient.connectTls(gateway.port(), context, "gateway.test", List.of())) {
            String[] all = Arrays.copyOf(fields, fields.length + 1);
            all[fields.length] = "Connection: close";
            return client.request("GET /x HTTP/1.1", all).untilClosed();
        }
    }

    private static void counted(RunningGateway gateway, String reason) {
        String line = "gateway_tls_handshake_failures_total{reason=\"" + reason + "\"} 1.0";
        await().untilAsserted(() -> assertThat(metrics(gateway)).contains(line));
    }

    /// From the listener in the clear.
    private static String metrics(RunningGateway gateway) {
        int port = gateway.gateway().addresses().get(1).getPort();
        return gateway.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .build())
                .body();
    }

    private String config(String clientAuth) throws IOException {
        PemFiles own = authority.server("gateway.test").writeTo(folder, "gateway");
        Path clients =
                Files.writeString(
                        folder.resolve("clients.crt"),
                        authority.authorityPem(),
                        StandardCharsets.US_ASCII);
        return GatewayText.of(origin)
                .section("metrics: {enabled: true}")
                .section("listeners: [{host: 127.0.0.1, port: 0}]")
                .section(
                        """
                        frontend:
                          http:
                            tls:
                              enabled: true
                              certFile: '%s'
                              keyFile: '%s'
                              clientAuth: %s
                              clientCAFile: '%s'
                        """
                                .formatted(own.certificate(), own.key(), clientAuth, clients))
                .text();
    }
}
