package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Services that die (R31): refused, hung, gone in the middle of an answer.
@Timeout(180)
class DyingServicesIT {
    private static final String RULE = "- {id: all, path: /*, serviceName: s, timeout: 500ms}";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private static RawResponse get(Defended target, String requestLine) {
        try (RawClient client = target.connect()) {
            return client.request(requestLine).response();
        }
    }

    @Test
    void aRefusedConnectionIsABadGateway() {
        try (Defended target = Defended.start(gateways)) {
            target.origin().refuse();
            RawResponse answer = get(target, "GET /x HTTP/1.1");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("\"error\":\"bad_gateway\"", "\"requestId\":\"");
            assertThat(answer.text()).doesNotContain("127.0.0.1", "Exception");
            target.origin().acceptAgain();
            assertThat(get(target, "GET /x HTTP/1.1").status()).isEqualTo(200);
        }
    }

    @Test
    void aHungServiceIsATimeoutByEitherStatus() {
        try (Defended target = Defended.withRules(gateways, RULE)) {
            target.origin().otherwise(OriginHandlers.stall());
            assertThat(get(target, "GET /x HTTP/1.1").status()).isEqualTo(408);
            await().untilAsserted(
                            () -> assertThat(target.origin().counts().openRequests()).isZero());
        }
        try (Defended target = Defended.withRules(gateways, RULE, "errors.timeoutStatus=504")) {
            target.origin().otherwise(OriginHandlers.stall());
            RawResponse answer = get(target, "GET /x HTTP/1.1");
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.text()).contains("\"status\":504");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsCutAndNeverEndsClean() {
        try (Defended target = Defended.start(gateways)) {
            target.origin()
                    .on("/sized", OriginHandlers.resetMidBody(100_000, 50_000))
                    .on("/short", OriginHandlers.truncated(100_000, 50_000))
                    .on(
                            "/chunked",
                            (request, reply) -> {
                                reply.startChunks(200);
                                reply.chunk("half of it");
                                reply.closeNow();
                            });
            for (String path : new String[] {"/sized", "/short"}) {
                try (RawClient client = target.connect()) {
                    client.request("GET " + path + " HTTP/1.1");
                    assertThatThrownBy(client::response).isInstanceOf(UncheckedIOException.class);
                }
            }
            try (RawClient client = target.connect()) {
                client.request("GET /chunked HTTP/1.1");
                String answer = client.untilClosed();
                assertThat(answer).startsWith("HTTP/1.1 200").contains("half of it");
                assertThat(answer).doesNotContain("\r\n0\r\n");
            }
            try (RawClient client = target.connect()) {
                client.send("GET /chunked HTTP/1.0\r\n\r\n");
                assertThatThrownBy(() -> readAll(client)).isInstanceOf(java.io.IOException.class);
            }
        }
    }

    /// An HTTP/1.0 answer ends with its connection, so only a reset tells that it was cut.
    private static byte[] readAll(RawClient client) throws java.io.IOException {
        return client.socket().getInputStream().readAllBytes();
    }

    @Test
    void onlyRequestsThatMayBeSentTwiceAreTriedOnceMoreAndOnlyBeforeAnyByte() {
        try (Defended target =
                Defended.start(gateways, "retry.enabled=true", "retry.default.maxAttempts=2")) {
            AtomicInteger calls = new AtomicInteger();
            target.origin()
                    .on(
                            "/reset",
                            (request, reply) -> {
                                calls.incrementAndGet();
                                reply.reset();
                            });
            assertThat(get(target, "GET /reset HTTP/1.1").status()).isEqualTo(502);
            assertThat(calls.getAndSet(0)).isEqualTo(2);
            try (RawClient client = target.connect()) {
                client.request("POST /reset HTTP/1.1", "Content-Length: 1").send("a");
                assertThat(client.response().status()).isEqualTo(502);
            }
            assertThat(calls.get()).isEqualTo(1);

            calls.set(0);
            target.origin()
                    .on(
                            "/half",
                            (request, reply) -> {
                                calls.incrementAndGet();
                                reply.begin(200, "Content-Length: 100");
                                reply.raw(new byte[10]);
                                reply.reset();
                            });
            assertThatThrownBy(() -> get(target, "GET /half HTTP/1.1"))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(calls.get()).isEqualTo(1);
        }
    }

    @Test
    void aBreakerSparesAServiceThatFailsAndLetsItComeBack() {
        try (Defended target =
                Defended.start(
                        gateways,
                        "circuitBreaker.enabled=true",
                        "circuitBreaker.default.maxFailures=3",
                        "circuitBreaker.default.timeout=5s")) {
            target.origin().otherwise(OriginHandlers.resetBeforeReply());
            for (int i = 0; i < 3; i++) {
                assertThat(get(target, "GET /x HTTP/1.1").status()).isEqualTo(502);
            }
            int called = target.origin().counts().requests();
            RawResponse refused = get(target, "GET /x HTTP/1.1");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(target.origin().counts().requests()).isEqualTo(called);
            target.origin().otherwise(OriginHandlers.echo("well"));
            await().untilAsserted(() ->
                    assertThat(get(target, "GET /x HTTP/1.1").status()).isEqualTo(200));
        }
    }
}
