package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/// What services and logs are told of a client that stands behind a balancer with the PROXY protocol.
class ProxyProtocolIT {
    private static final String V1 = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 80\r\n";
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void theServiceAndTheLogAreToldTheAddressOfTheHeader() {
        RunningGateway gateway = start("required");

        asks(gateway, V1.getBytes(StandardCharsets.US_ASCII));

        assertThat(told().all("X-Forwarded-For")).containsExactly("192.0.2.7");
        await().untilAsserted(() ->
                assertThat(gateway.accessLog())
                        .singleElement()
                        .asString()
                        .contains("\"client\":\"192.0.2.7\""));
    }

    @Test
    void theBinaryVersionSaysTheSame() {
        asks(start("required"), v2());

        assertThat(told().all("X-Forwarded-For")).containsExactly("192.0.2.7");
    }

    @Test
    void aClientCannotForgeWhatTheHeaderSays() {
        RunningGateway gateway = start("required");

        asks(gateway, V1.getBytes(StandardCharsets.US_ASCII), "X-Forwarded-For: 6.6.6.6");

        assertThat(told().all("X-Forwarded-For")).containsExactly("192.0.2.7");
    }

    @Test
    void whoBringsNoHeaderIsTurnedAwayWhereOneIsRequired() {
        try (RawClient client = RawClient.connect(start("required").port())) {
            client.request("GET /x HTTP/1.1");
            assertThat(client.patience(SOON).untilClosed()).isEmpty();
        }
        assertThat(origin.counts().requests()).isZero();
    }

    @Test
    void whoBringsNoHeaderIsLoggedButAFloodIsNot() {
        int port = start("required").port();
        Logger logger = (Logger) LoggerFactory.getLogger("io.sluice.net.listen");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        long begun = System.nanoTime();
        try {
            for (int i = 0; i < 50; i++) {
                try (RawClient client = RawClient.connect(port)) {
                    client.request("GET /x HTTP/1.1");
                    assertThat(client.patience(SOON).untilClosed()).isEmpty();
                }
            }
        } finally {
            logger.detachAppender(lines);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        assertThat(lines.list)
                .hasSizeBetween(1, (int) seconds + 2)
                .allSatisfy(line -> {
                    assertThat(line.getFormattedMessage())
                            .contains("127.0.0.1", "Malformed or missing PROXY header");
                    assertThat(line.getThrowableProxy()).isNull();
                });
    }

    @Test
    void whoBringsNoHeaderIsHimselfWhereOneIsOptional() {
        RunningGateway gateway = start("optional");

        asks(gateway, new byte[0]);
        asks(gateway, V1.getBytes(StandardCharsets.US_ASCII));

        assertThat(origin.seen())
                .extracting(request -> request.headers().first("X-Forwarded-For"))
                .containsExactly("127.0.0.1", "192.0.2.7");
    }

    @Test
    void whoMayNotSpeakOfOthersIsAnOrdinaryRequest() {
        try (RawClient client = RawClient.connect(start("off").port())) {
            client.send(V1).request("GET /x HTTP/1.1");
            assertThat(client.response().status()).isEqualTo(400);
        }
        assertThat(origin.counts().requests()).isZero();
    }

    private static void asks(RunningGateway gateway, byte[] header, String... fields) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send(header).request("GET /x HTTP/1.1", fields);
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    private RawHeaders told() {
        return origin.seen().getFirst().headers();
    }

    /// A header of version 2, PROXY over TCP with IPv4.
    private static byte[] v2() {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII));
        header.writeBytes(HexFormat.of().parseHex("2111000cc0000207c633640112670050"));
        return header.toByteArray();
    }

    private RunningGateway start(String mode) {
        return gateways.start(GatewayText.of(origin).text(), "frontend.http.proxyProtocol=" + mode);
    }
}
