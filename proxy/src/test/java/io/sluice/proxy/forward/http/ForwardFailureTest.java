package io.sluice.proxy.forward.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.time.Ticker;
import io.sluice.proxy.attempt.AttemptLimits;
import io.sluice.proxy.attempt.Backoff;
import io.sluice.proxy.attempt.RetryBudget;
import io.sluice.proxy.attempt.RetryPlan;
import io.sluice.proxy.attempt.RetryPolicy;
import io.sluice.proxy.upstream.CallResult;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ForwardFailureTest {
    private final OriginServer a = OriginServer.start("a");
    private final OriginServer b = OriginServer.start("b");
    private final ForwardingGateway gateway = new ForwardingGateway(a.port(), b.port());

    @AfterEach
    void stop() {
        gateway.close();
        a.close();
        b.close();
    }

    private static RetryPlan retries(int maxAttempts) {
        Backoff soon = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 2, 0);
        return new RetryPlan(
                new RetryPolicy(true, maxAttempts), soon, new RetryBudget(Ticker.system(), 1));
    }

    private static AttemptLimits limits(Duration total, Duration idle, int status) {
        return new AttemptLimits(total, Duration.ZERO, idle, status);
    }

    @Test
    void aSlowServiceIsTimedOutWithTheConfiguredStatus() {
        a.otherwise(OriginHandlers.stall());
        for (int status : new int[] {408, 504}) {
            gateway.limits(limits(Duration.ofMillis(200), Duration.ofSeconds(9), status));
            try (RawClient client = gateway.connect()) {
                RawResponse response = client.request("GET / HTTP/1.1").response();
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.text()).contains("\"error\":\"timeout\"");
            }
        }
        await().until(() -> a.counts().cancelled() == 2);
        assertThat(gateway.feedback().results()).containsOnly(CallResult.TIMEOUT);
    }

    @Test
    void theTotalClockStopsOnceAStreamHasStarted() {
        a.otherwise(OriginHandlers.chunks(4, 10, Duration.ofMillis(800)));
        gateway.limits(limits(Duration.ofSeconds(2), Duration.ofSeconds(9), 408));
        try (RawClient client = gateway.connect()) {
            RawResponse response = client.request("GET / HTTP/1.1").response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).hasSize(40);
        }
    }

    @Test
    void aStreamInWhichNothingMovesIsCut() {
        a.otherwise((request, reply) -> {
            reply.startChunks(200);
            reply.chunk("x");
            reply.stall();
        });
        gateway.limits(limits(Duration.ZERO, Duration.ofMillis(100), 408));
        try (RawClient client = gateway.connect()) {
            client.request("GET / HTTP/1.1");
            assertThat(client.untilClosed()).endsWith("1\r\nx\r\n");
        }
        await().until(() -> a.counts().cancelled() == 1);
    }

    @Test
    void anAnswerThatBreaksOffIsNeverEndedCleanly() {
        a.on("/reset", OriginHandlers.resetMidBody(1000, 10));
        a.on("/short", OriginHandlers.truncated(1000, 10));
        a.on(
                "/chunks",
                (request, reply) -> {
                    reply.startChunks(200);
                    reply.chunk("partial");
                    reply.closeNow();
                });
        a.on(
                "/until",
                (request, reply) -> {
                    reply.begin(200, "Connection: close");
                    reply.raw(new byte[100]);
                    reply.reset();
                });
        for (String path : new String[] {"/reset", "/short", "/chunks", "/until"}) {
            try (RawClient client = gateway.connect()) {
                client.request("GET " + path + " HTTP/1.1");
                assertThat(client.untilClosed()).doesNotContain("\r\n0\r\n\r\n", "HTTP/1.1 5");
            }
        }
        await().until(() -> gateway.feedback().active() == 0);
        assertThat(gateway.feedback().results()).hasSize(4).containsOnly(CallResult.BROKEN);
        assertThat(b.counts().requests()).isZero();
    }

    @Test
    void aStaleConnectionIsReplacedWithoutAWord() {
        a.requestsPerConnection(1);
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.request("GET / HTTP/1.1").response().status()).isEqualTo(200);
            }
        }
        assertThat(a.counts().requests()).isEqualTo(10);
    }

    @Test
    void aReusedConnectionThatDiesBeforeAReplyIsRetriedOnceWithItsBody() {
        AtomicInteger calls = new AtomicInteger();
        a.otherwise((request, reply) -> {
            if (calls.getAndIncrement() == 1) {
                request.digestBody();
                reply.closeNow();
            } else {
                OriginHandlers.echo("a").handle(request, reply);
            }
        });
        try (RawClient client = gateway.connect()) {
            client.request("GET / HTTP/1.1").response();
            client.request("PUT / HTTP/1.1", "Content-Length: 5").send("again");
            assertThat(client.response().text()).contains("\"name\":\"a\"", "\"bodySize\":5");
        }
    }

    @Test
    void aPostIsNeverSentTwice() {
        AtomicInteger calls = new AtomicInteger();
        a.otherwise((request, reply) -> {
            request.digestBody();
            if (calls.getAndIncrement() == 0) {
                reply.json(200, "{}");
            } else {
                reply.closeNow();
            }
        });
        gateway.retry(retries(3));
        try (RawClient client = gateway.connect()) {
            client.request("GET / HTTP/1.1").response();
            client.request("POST / HTTP/1.1", "Content-Length: 2").send("ab");
            assertThat(client.response().status()).isEqualTo(502);
        }
        assertThat(calls).hasValue(2);
        assertThat(b.counts().requests()).isZero();
    }

    @Test
    void anInstanceThatRefusesIsPassedOverEvenForAPost() {
        a.refuse();
        try (RawClient client = gateway.connect()) {
            client.request("POST / HTTP/1.1", "Content-Length: 2").send("ab");
            assertThat(client.response().text()).contains("\"name\":\"b\"", "\"bodySize\":2");
        }
        assertThat(gateway.feedback().results())
                .containsExactly(CallResult.CONNECT_FAILED, CallResult.SUCCESS);
        assertThat(gateway.exchanges().getFirst().upstream().attempts()).isEqualTo(2);
    }

    @Test
    void statusesWorthATryGoToAnotherInstanceAndTheLastOneIsPassedOn() {
        a.otherwise(OriginHandlers.json(503, "{\"from\":\"a\"}"));
        try (RawClient client = gateway.connect()) {
            assertThat(client.request("GET / HTTP/1.1").response().status()).isEqualTo(503);
            gateway.retry(retries(2));
            assertThat(client.request("GET / HTTP/1.1").response().text())
                    .contains("\"name\":\"b\"");
            b.otherwise(OriginHandlers.json(504, "{\"from\":\"b\"}"));
            RawResponse last = client.request("GET / HTTP/1.1").response();
            assertThat(last.status()).isEqualTo(504);
            assertThat(last.text()).isEqualTo("{\"from\":\"b\"}");
        }
    }

    @Test
    void aBodyTooLongToHoldIsNotRetried() {
        a.otherwise((request, reply) -> {
            request.digestBody();
            reply.json(503, "{}");
        });
        gateway.retry(retries(3));
        byte[] body = new byte[200_000];
        try (RawClient client = gateway.connect()) {
            client.request("PUT / HTTP/1.1", "Content-Length: " + body.length).send(body);
            assertThat(client.response().status()).isEqualTo(503);
        }
        assertThat(b.counts().requests()).isZero();
    }

    /// The system tells of a reset and of the answer before it in one go.
    @Test
    void theAnswerOfAServiceThatHangsUpOnAnUploadIsHeard() throws Exception {
        byte[] refusal =
                "HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbig!"
                        .getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ForwardingGateway there = new ForwardingGateway(service.getLocalPort())) {
            for (int i = 0; i < 5; i++) {
                Thread.ofVirtual().start(() -> refuse(service, refusal));
                try (RawClient client = there.connect()) {
                    client.request("PUT / HTTP/1.1", "Content-Length: " + (32 << 20));
                    Thread.ofVirtual().start(() -> upload(client));
                    RawResponse response = client.response();
                    assertThat(response.status()).isEqualTo(413);
                    assertThat(response.text()).isEqualTo("big!");
                }
            }
        }
    }

    /// Answers in the middle of an upload and closes with much of it unread, which resets the connection.
    private static void refuse(ServerSocket service, byte[] refusal) {
        try (Socket socket = service.accept()) {
            assertThat(socket.getInputStream().readNBytes(1 << 20)).hasSize(1 << 20);
            socket.getOutputStream().write(refusal);
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private static void upload(RawClient client) {
        try {
            byte[] piece = new byte[64 * 1024];
            for (int i = 0; i < 512; i++) {
                client.send(piece);
            }
        } catch (UncheckedIOException refused) {
            // As it should be.
        }
    }

    @Test
    void aReplyThatIsNotHttpIs502() {
        a.otherwise(
                OriginHandlers.rawBytes("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        try (RawClient client = gateway.connect()) {
            assertThat(client.request("GET / HTTP/1.1").response().status()).isEqualTo(502);
        }
    }
}
