package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class StreamingIT {
    private static final int PIECE = 256 * 1024;
    private static final int PIECES = 4096;
    private static final long GIBIBYTE = (long) PIECE * PIECES;
    private static final long MOST_MEMORY = 64L << 20;

    /// Every so many pieces the slow side rests for a moment.
    private static final int REST_EVERY = 64;

    private static final Duration REST = Duration.ofMillis(50);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aGibibyteUpToASlowReaderIsNotHeld() {
        AtomicLong received = new AtomicLong();
        CountDownLatch first = new CountDownLatch(1);
        origin.otherwise((request, reply) -> {
            long size = readSlowly(request.body(), received, first);
            reply.json(200, "{\"size\":" + size + "}");
        });
        RunningGateway gateway = gateways.start(GatewayText.of(origin).rule(unbounded()).text());
        byte[] chunk = chunk();

        try (RawClient client = RawClient.connect(gateway.port());
                MemoryWatch memory = MemoryWatch.start()) {
            client.patience(Duration.ofSeconds(30))
                    .request("PUT /up HTTP/1.1", "Transfer-Encoding: chunked");
            for (int i = 0; i < PIECES; i++) {
                client.send(chunk);
                if (i == PIECES / 2) {
                    assertThat(first.getCount()).as("pieces the service waits for").isZero();
                }
            }
            client.send("0\r\n\r\n");
            assertThat(client.response().text()).isEqualTo("{\"size\":" + GIBIBYTE + "}");
            assertThat(memory.growth()).isLessThan(MOST_MEMORY);
        }
    }

    @Test
    void aGibibyteDownToASlowClientIsNotHeld() throws IOException, InterruptedException {
        CountDownLatch clientHasSome = new CountDownLatch(1);
        origin.otherwise((request, reply) -> {
            byte[] piece = new byte[PIECE];
            reply.startChunks(200);
            for (int i = 0; i < PIECES; i++) {
                reply.chunk(piece);
                if (i == 0) {
                    expect(clientHasSome);
                }
            }
            reply.endChunks();
        });
        RunningGateway gateway = gateways.start(GatewayText.of(origin).rule(unbounded()).text());

        try (RawClient client = RawClient.connect(gateway.port());
                MemoryWatch memory = MemoryWatch.start()) {
            client.patience(Duration.ofSeconds(30)).request("GET /down HTTP/1.1");
            RawResponse head = client.head();
            assertThat(head.status()).isEqualTo(200);
            AtomicLong received = new AtomicLong();
            assertThat(readSlowly(client.body(head), received, clientHasSome)).isEqualTo(GIBIBYTE);
            assertThat(memory.growth()).isLessThan(MOST_MEMORY);
        }
    }

    @Test
    void theServiceItselfAnswersExpectations() {
        origin.on(
                "/refuse",
                (request, reply) -> {
                    reply.json(413, "{}");
                    reply.closeSilentlyAfterwards();
                });
        RunningGateway gateway = gateways.start(GatewayText.of(origin).text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("PUT /x HTTP/1.1", "Content-Length: 5", "Expect: 100-continue");
            assertThat(client.head().status()).isEqualTo(100);
            client.send("hello");
            assertThat(client.response().text()).contains("\"bodySize\":5");
        }
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("PUT /refuse HTTP/1.1", "Content-Length: 5", "Expect: 100-continue");
            assertThat(client.head().status()).isEqualTo(413);
        }
    }

    @Test
    void earlyHintsArePassedOnBeforeTheAnswer() {
        origin.otherwise(
                OriginHandlers.earlyHints(
                        OriginHandlers.echo("one"), "Link: </style.css>; rel=preload"));
        RunningGateway gateway = gateways.start(GatewayText.of(origin).text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse hint = client.request("GET /x HTTP/1.1").head();
            assertThat(hint.status()).isEqualTo(103);
            assertThat(hint.header("Link")).isEqualTo("</style.css>; rel=preload");
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    private static String unbounded() {
        return "timeout: 0, maxRequestSize: 0";
    }

    private static byte[] chunk() {
        byte[] line = (Integer.toHexString(PIECE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[line.length + PIECE + 2];
        System.arraycopy(line, 0, chunk, 0, line.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    private static void expect(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("the first byte is held back until the last is sent");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static long readSlowly(InputStream body, AtomicLong received, CountDownLatch first)
            throws IOException {
        byte[] buffer = new byte[PIECE];
        long nextRest = 0;
        int count = body.read(buffer);
        while (count >= 0) {
            first.countDown();
            long sum = received.addAndGet(count);
            if (sum >= nextRest) {
                nextRest = sum + (long) REST_EVERY * PIECE;
                rest();
            }
            count = body.read(buffer);
        }
        return received.get();
    }

    /// Slowness is what is tested here.
    private static void rest() throws IOException {
        try {
            Thread.sleep(REST);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
