package io.sluice.net.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.sluice.core.fail.Failure;
import io.sluice.core.time.Ticker;
import io.sluice.net.dial.Dialer;
import io.sluice.net.dial.Origin;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.dial.OriginConnection;
import io.sluice.net.dial.TcpDialer;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.OriginHandler;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Calls over real connections to a real origin, good ones and every way one can break.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LeakCheck.class)
final class Http1OriginTest {
    private Loops loops;
    private TcpDialer dialer;

    @BeforeAll
    void start() {
        loops = new Loops(Transport.preferred(), 1, Ticker.system());
        dialer = new TcpDialer(loops.transport(), Http1Origin::install, Http1Origin::install);
    }

    @AfterAll
    void stop() {
        dialer.close();
        loops.close();
    }

    @Test
    void carriesOneCallAfterTheOtherOnOneConnection() throws Exception {
        try (OriginServer origin =
                OriginServer.start("origin").otherwise(OriginHandlers.echo("one"))) {
            OriginConnection connection = dial(origin);
            for (int i = 0; i < 3; i++) {
                Heard heard = call(connection, Method.POST, "body" + i);
                assertThat(heard.events()).containsExactly("200", "end", "finished true");
                assertThat(heard.text()).contains("\"bodySize\":5");
            }
            assertThat(connection.completedCalls()).isEqualTo(3);
            assertThat(origin.counts().connections()).isEqualTo(1);
            close(connection);
        }
    }

    @Test
    void readsHeadsOfAnyLengthOneAfterTheOther() throws Exception {
        int[] lengths = {10, 3000, 20, 900, 12_000, 5};
        AtomicInteger turn = new AtomicInteger();
        OriginHandler handler =
                (request, reply) -> {
                    int length = lengths[turn.getAndIncrement()];
                    reply.begin(200, "X-Fill: " + "f".repeat(length), "Content-Length: 2000");
                    reply.raw("b".repeat(2000).getBytes(StandardCharsets.US_ASCII));
                    reply.complete();
                };
        try (OriginServer origin = OriginServer.start("origin").otherwise(handler)) {
            OriginConnection connection = dial(origin);
            for (int length : lengths) {
                Heard heard = call(connection, Method.GET, "");
                assertThat(heard.events()).containsExactly("200", "end", "finished true");
                assertThat(heard.head().headers().get(HeaderName.of("X-Fill"))).hasSize(length);
                assertThat(heard.text()).isEqualTo("b".repeat(2000));
            }
            close(connection);
        }
    }

    @Test
    void readsChunksTrailersAndInterimAnswers() throws Exception {
        OriginHandler handler =
                OriginHandlers.earlyHints(
                        OriginHandlers.trailers("hello", "X-Sum: 5"), "Link: </a>");
        Heard heard = callOnce(handler, Method.GET);
        assertThat(heard.events())
                .containsExactly("interim 103", "200", "end X-Sum: 5\n", "finished true");
        assertThat(heard.text()).isEqualTo("hello");
    }

    @Test
    void readsNoBodyAfterHead() throws Exception {
        OriginHandler lengthOnly =
                (request, reply) -> {
                    reply.begin(200, "Content-Length: 100");
                    reply.complete();
                };
        Heard heard = callOnce(lengthOnly, Method.HEAD);
        assertThat(heard.events()).containsExactly("200", "end", "finished true");
        assertThat(heard.text()).isEmpty();
    }

    @Test
    void takesTheCloseAsTheEndOfABodyWithoutLength() throws Exception {
        byte[] reply =
                "HTTP/1.1 200 OK\r\nX-A: b\r\n\r\nall of it".getBytes(StandardCharsets.US_ASCII);
        Heard heard = callOnce(OriginHandlers.rawBytes(reply), Method.GET);
        assertThat(heard.events()).containsExactly("200", "end", "finished false");
        assertThat(heard.text()).isEqualTo("all of it");
    }

    @Test
    void tellsABodyThatBreaksOffFromOneThatEnds() throws Exception {
        for (OriginHandler broken :
                List.of(
                        OriginHandlers.truncated(1000, 10),
                        OriginHandlers.resetMidBody(1000, 10))) {
            Heard heard = callOnce(broken, Method.GET);
            assertThat(heard.events())
                    .containsExactly("200", "abort broken_reply", "finished false");
        }
    }

    @Test
    void failsWhenNoReplyComes() throws Exception {
        for (OriginHandler silent :
                List.of(OriginHandlers.closeBeforeReply(), OriginHandlers.resetBeforeReply())) {
            assertThat(callOnce(silent, Method.GET).events())
                    .containsExactly("failed broken_reply started=false");
        }
    }

    @Test
    void refusesRepliesThatAreNotStrictlyHttp() throws Exception {
        for (String reply :
                List.of(
                        "SSH-2.0-x\r\n\r\n",
                        "HTTP/1.1 200 OK\nX: y\n\n",
                        "HTTP/1.1 20 OK\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                        "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
                        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nX-A: " + "a".repeat(80_000))) {
            Heard heard =
                    callOnce(
                            OriginHandlers.rawBytes(reply.getBytes(StandardCharsets.US_ASCII)),
                            Method.GET);
            assertThat(heard.events())
                    .as(reply)
                    .containsExactly("failed broken_reply started=true");
        }
    }

    @Test
    void removesHopByHopFieldsFromAnswers() throws Exception {
        String reply =
                "HTTP/1.1 200 OK\r\nConnection: X-Drop, keep-alive\r\nX-Drop: 1\r\nKeep-Alive: timeout=5\r\n"
                        + "Proxy-Authenticate: x\r\nUpgrade: h2c\r\nX-Keep: 1\r\nContent-Length: 0\r\n\r\n";
        Heard heard =
                callOnce(
                        OriginHandlers.rawBytes(reply.getBytes(StandardCharsets.US_ASCII)),
                        Method.GET);
        assertThat(heard.head().headers().toString()).isEqualTo("X-Keep: 1\nContent-Length: 0\n");
    }

    @Test
    void reportsARefusedConnection() throws Exception {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        try (FreePorts ports = new FreePorts()) {
            dialer.dial(
                    origin(ports.next()),
                    loop(),
                    new Dialer.DialListener() {
                        @Override
                        public void connected(OriginConnection connection) {
                            outcome.complete("connected");
                        }

                        @Override
                        public void failed(Failure failure) {
                            outcome.complete(failure.kind().label());
                        }
                    });
            assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo("connect_failed");
        }
    }

    private Loop loop() {
        return loops.all().getFirst();
    }

    private static Origin origin(int port) {
        return new Origin(
                "127.0.0.1", port, null, null, Origin.Speaks.HTTP_1, Duration.ofSeconds(5));
    }

    private OriginConnection dial(OriginServer server) throws Exception {
        CompletableFuture<OriginConnection> connected = new CompletableFuture<>();
        loop().executor()
                .execute(() ->
                        dialer.dial(
                                origin(server.port()),
                                loop(),
                                new Dialer.DialListener() {
                                    @Override
                                    public void connected(OriginConnection connection) {
                                        connected.complete(connection);
                                    }

                                    @Override
                                    public void failed(Failure failure) {
                                        connected.completeExceptionally(
                                                new IllegalStateException(failure.message()));
                                    }
                                }));
        return connected.get(30, TimeUnit.SECONDS);
    }

    private void close(OriginConnection connection) {
        loop().executor().execute(connection::close);
    }

    private Heard callOnce(OriginHandler handler, Method method) throws Exception {
        try (OriginServer origin = OriginServer.start("origin").otherwise(handler)) {
            OriginConnection connection = dial(origin);
            Heard heard = call(connection, method, "");
            close(connection);
            return heard;
        }
    }

    private Heard call(OriginConnection connection, Method method, String body) {
        Heard heard = new Heard();
        loop().executor()
                .execute(() -> {
                    RequestHead head =
                            new RequestHead(
                                    method,
                                    "http",
                                    "origin.test",
                                    "/x",
                                    null,
                                    Protocol.HTTP_1_1,
                                    new Headers());
                    OriginCall call = connection.send(head, body.length(), heard);
                    if (!body.isEmpty()) {
                        call.body().piece(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
                        call.body().end(null);
                    }
                });
        await().until(heard::over);
        return heard;
    }
}
