package io.sluice.net.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.listen.TestListener;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class SseStreamTest {
    private static final String HELLO = "retry: 3000\n\ndata: hello\n\n";
    private static final SseConfig HASTY =
            new SseConfig(Duration.ofMillis(100), Duration.ofSeconds(3));

    /// Greets each client and remembers the last stream.
    private static final class Server implements AutoCloseable {
        final AtomicReference<@Nullable SseStream> stream = new AtomicReference<>();
        final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        final TestListener listener;
        private final SseConfig config;

        Server(SseConfig config) {
            this.config = config;
            this.listener = new TestListener(this::handle);
        }

        private void handle(Exchange exchange) {
            exchange.onEnd((ended, how) -> ends.add("exchange " + how));
            SseStream.open(
                    exchange,
                    config,
                    new SseListener() {
                        @Override
                        public void opened(SseStream opened) {
                            stream.set(opened);
                            opened.write(event(opened, "hello"));
                        }

                        @Override
                        public void drain() {
                            stream().close();
                        }

                        @Override
                        public void closed(Ending how) {
                            ends.add("stream " + how);
                        }
                    });
        }

        SseStream stream() {
            return Objects.requireNonNull(stream.get());
        }

        static io.netty.buffer.ByteBuf event(SseStream to, String data) {
            byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
            return SseFrames.event(to.allocator(), to.framing(), null, null, bytes);
        }

        void run(Runnable task) {
            stream().loop().executor().submit(task).syncUninterruptibly();
        }

        String end() throws InterruptedException {
            return Objects.requireNonNull(ends.poll(30, TimeUnit.SECONDS));
        }

        @Override
        public void close() {
            listener.close();
        }
    }

    @Test
    void streamsEventsInChunksAndEndsTheBody() throws Exception {
        try (Server server = new Server(SseConfig.DEFAULT);
                RawClient client = RawClient.connect(server.listener.port())) {
            client.request("GET /events HTTP/1.1");
            RawResponse head = client.head();
            assertThat(head.headers().first("Content-Type")).isEqualTo("text/event-stream");
            assertThat(head.headers().first("Cache-Control")).contains("no-cache");
            assertThat(head.headers().first("X-Accel-Buffering")).isEqualTo("no");
            assertThat(head.headers().first("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(server.end()).isEqualTo("exchange COMPLETE");
            await().until(() -> server.stream.get() != null);
            server.run(() -> {
                server.stream().write(Server.event(server.stream(), "two"));
                server.stream().close();
            });
            assertThat(client.withBody(head).text()).isEqualTo(HELLO + "data: two\n\n");
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(server.end()).isEqualTo("stream COMPLETE");
        }
    }

    @Test
    void streamsWithoutChunksToHttp10() throws Exception {
        try (Server server = new Server(SseConfig.DEFAULT);
                RawClient client = RawClient.connect(server.listener.port())) {
            client.send("GET /events HTTP/1.0\r\n\r\n");
            RawResponse head = client.head();
            assertThat(head.headers().has("Transfer-Encoding")).isFalse();
            assertThat(head.headers().first("Connection")).isEqualTo("close");
            await().until(() -> server.stream.get() != null);
            server.run(() -> server.stream().close());
            assertThat(client.untilClosed()).isEqualTo(HELLO);
        }
    }

    @Test
    void hearsThatTheClientLeft() throws Exception {
        try (Server server = new Server(SseConfig.DEFAULT)) {
            try (RawClient client = RawClient.connect(server.listener.port())) {
                client.request("GET /events HTTP/1.1");
                assertThat(client.head().status()).isEqualTo(200);
            }
            assertThat(server.end()).isEqualTo("exchange COMPLETE");
            assertThat(server.end()).isEqualTo("stream CLIENT_GONE");
            server.run(() -> server.stream().write(Server.event(server.stream(), "late")));
        }
    }

    @Test
    void keepsAnIdleStreamAliveWithComments() {
        try (Server server = new Server(HASTY);
                RawClient client = RawClient.connect(server.listener.port())) {
            client.request("GET /events HTTP/1.1");
            client.head();
            String wanted =
                    "d\r\nretry: 3000\n\n\r\nd\r\ndata: hello\n\n\r\n" + "3\r\n:\n\n\r\n".repeat(2);
            byte[] read = client.bytes(wanted.length());
            assertThat(new String(read, StandardCharsets.US_ASCII)).isEqualTo(wanted);
        }
    }

    @Test
    void breaksOffWhenTheClientTakesNothing() throws Exception {
        try (Server server = new Server(HASTY);
                RawClient client = RawClient.connectNarrow(server.listener.port(), 4096)) {
            client.request("GET /events HTTP/1.1");
            await().until(() -> server.stream.get() != null);
            server.run(() -> {
                SseStream stream = server.stream();
                stream.write(Server.event(stream, "x".repeat(8_000_000)));
                stream.flush();
            });
            assertThat(server.end()).isEqualTo("exchange COMPLETE");
            assertThat(server.end()).isEqualTo("stream CUT");
        }
    }

    @Test
    void refusesWhatIsNoPlainGet() {
        try (Server server = new Server(SseConfig.DEFAULT);
                RawClient client = RawClient.connect(server.listener.port())) {
            client.request("POST /events HTTP/1.1", "Content-Length: 0");
            assertThat(client.response().status()).isEqualTo(405);
            client.request("GET /events HTTP/1.1", "Content-Length: 1").send("x");
            assertThat(client.response().status()).isEqualTo(400);
        }
    }

    @Test
    void endsStreamsInOrderWhenTheListenerDrains() throws Exception {
        try (Server server = new Server(SseConfig.DEFAULT);
                RawClient client = RawClient.connect(server.listener.port())) {
            client.request("GET /events HTTP/1.1");
            RawResponse head = client.head();
            server.listener.listener().drain();
            assertThat(client.withBody(head).text()).isEqualTo(HELLO);
            assertThat(server.end()).isEqualTo("exchange COMPLETE");
            assertThat(server.end()).isEqualTo("stream COMPLETE");
        }
    }
}
