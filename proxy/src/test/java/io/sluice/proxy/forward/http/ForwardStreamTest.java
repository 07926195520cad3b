package io.sluice.proxy.forward.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.internal.PlatformDependent;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ForwardStreamTest {
    private static final long SIZE = 64L << 20;
    private static final long MOST_HELD = 8L << 20;

    private final OriginServer origin = OriginServer.start("a");
    private final ForwardingGateway gateway = new ForwardingGateway(origin.port());

    @AfterEach
    void stop() {
        gateway.close();
        origin.close();
    }

    @Test
    void anUploadWaitsInTheClientWhileTheServiceDoesNotRead() throws Exception {
        CountDownLatch firstByte = new CountDownLatch(1);
        CountDownLatch readOn = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        origin.otherwise((request, reply) -> {
            request.body().read();
            firstByte.countDown();
            awaitQuietly(readOn);
            OriginHandlers.echo("a").handle(request, reply);
        });
        long before = PlatformDependent.usedDirectMemory();
        try (RawClient client = gateway.connect()) {
            client.request("PUT / HTTP/1.1", "Transfer-Encoding: chunked");
            Thread sender = Thread.ofVirtual().start(() -> upload(client, sent));
            firstByte.await();
            awaitStandstill(sent);
            assertThat(sent.get()).isLessThan(SIZE);
            assertThat(PlatformDependent.usedDirectMemory() - before).isLessThan(MOST_HELD);
            readOn.countDown();
            assertThat(client.response().text()).contains("\"bodySize\":" + (SIZE - 1));
            sender.join();
        }
    }

    private static void upload(RawClient client, AtomicLong sent) {
        byte[] chunk = new byte[64 * 1024];
        byte[] head = "10000\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\r\n".getBytes(StandardCharsets.US_ASCII);
        for (long left = SIZE; left > 0; left -= chunk.length) {
            client.send(head).send(chunk).send(end);
            sent.addAndGet(chunk.length);
        }
        client.send("0\r\n\r\n");
    }

    @Test
    void aDownloadWaitsInTheServiceWhileTheClientDoesNotRead() throws IOException {
        AtomicLong written = new AtomicLong();
        origin.otherwise((request, reply) -> {
            reply.begin(200, "Content-Length: " + SIZE);
            for (long left = SIZE; left > 0; left -= 64 * 1024) {
                reply.raw(new byte[64 * 1024]);
                written.addAndGet(64 * 1024);
            }
            reply.complete();
        });
        long before = PlatformDependent.usedDirectMemory();
        try (RawClient client = gateway.connect()) {
            RawResponse head = client.request("GET / HTTP/1.1").head();
            await().until(() -> written.get() > 0);
            awaitStandstill(written);
            assertThat(written.get()).isLessThan(SIZE);
            assertThat(PlatformDependent.usedDirectMemory() - before).isLessThan(MOST_HELD);
            try (InputStream body = client.body(head)) {
                assertThat(body.skip(SIZE)).isEqualTo(SIZE);
            }
        }
    }

    private static void awaitStandstill(AtomicLong counter) {
        AtomicLong last = new AtomicLong(-1);
        await().during(Duration.ofMillis(200))
                .until(() -> last.getAndSet(counter.get()) == counter.get());
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
