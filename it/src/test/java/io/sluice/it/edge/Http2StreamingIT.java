package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Large bodies over HTTP/2 between two gateways, at the pace of the slower end.
@Timeout(300)
class Http2StreamingIT {
    private static final int PIECE = 256 * 1024;
    private static final int PIECES = 800;
    private static final long SIZE = (long) PIECE * PIECES;
    private static final long MOST_MEMORY = 32L << 20;
    private static final Duration REST = Duration.ofMillis(2);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");
    private RunningGateway front;

    @BeforeEach
    void start() {
        RunningGateway back =
                gateways.start(GatewayText.of(origin).rule("timeout: 0, maxRequestSize: 0").text());
        front =
                gateways.start(
                        GatewayText.empty()
                                .service(
                                        "s",
                                        "",
                                        GatewayText.instance(
                                                "back", back.port(), "protocol: http2"))
                                .rule("timeout: 0, maxRequestSize: 0")
                                .text());
    }

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void whatASlowServiceHasNotReadIsNotHeld() {
        origin.otherwise(OriginHandlers.slowReader(PIECE, REST, OriginHandlers.json(200, "done")));
        try (RawClient client = RawClient.connect(front.port());
                MemoryWatch memory = MemoryWatch.start()) {
            client.patience(Duration.ofSeconds(30))
                    .request("PUT /up HTTP/1.1", "Content-Length: " + SIZE);
            byte[] piece = new byte[PIECE];
            for (int i = 0; i < PIECES; i++) {
                client.send(piece);
            }
            assertThat(client.response().text()).isEqualTo("done");
            assertThat(memory.growth()).isLessThan(MOST_MEMORY);
        }
    }

    @Test
    void whatASlowClientHasNotReadIsNotHeld() throws IOException, InterruptedException {
        origin.otherwise(OriginHandlers.sized(SIZE));
        try (RawClient client = RawClient.connect(front.port());
                MemoryWatch memory = MemoryWatch.start()) {
            client.patience(Duration.ofSeconds(30)).request("GET /down HTTP/1.1");
            InputStream body = client.body(client.head());
            byte[] piece = new byte[PIECE];
            long received = 0;
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                received += count;
                if (received % PIECE < count) {
                    Thread.sleep(REST);
                }
            }
            assertThat(received).isEqualTo(SIZE);
            assertThat(memory.growth()).isLessThan(MOST_MEMORY);
        }
    }

    @Test
    void aSlowUploadDoesNotHoldUpOtherRequests() {
        origin.on(
                "/slow",
                OriginHandlers.slowReader(1, Duration.ofSeconds(1), OriginHandlers.json(200, "")));
        try (RawClient slow = RawClient.connect(front.port())) {
            slow.request("PUT /slow HTTP/1.1", "Content-Length: 100000");
            slow.send("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 20; i++) {
                assertThat(front.get("/x").statusCode()).isEqualTo(200);
            }
        }
    }
}
