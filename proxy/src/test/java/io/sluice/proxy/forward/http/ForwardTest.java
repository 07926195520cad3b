package io.sluice.proxy.forward.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.proxy.upstream.CallResult;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ForwardTest {
    private final OriginServer origin = OriginServer.start("a");
    private final ForwardingGateway gateway = new ForwardingGateway(origin.port());

    @AfterEach
    void stop() {
        gateway.close();
        origin.close();
    }

    @Test
    void answersPassThroughAndTheConnectionIsUsedAgain() {
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 20; i++) {
                RawResponse response = client.request("GET /x?a=1&a=%202 HTTP/1.1").response();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.text()).contains("\"target\":\"/x?a=1&a=%202\"");
            }
        }

        assertThat(origin.counts().connections()).isEqualTo(1);
        assertThat(gateway.feedback().results()).hasSize(20).containsOnly(CallResult.SUCCESS);
        assertThat(gateway.feedback().active()).isZero();
    }

    @Test
    void theServiceSeesTheClientsHostUnlessToldOtherwise() {
        try (RawClient client = gateway.connect()) {
            assertThat(client.request("GET / HTTP/1.1").response().text())
                    .contains("[\"Host\",\"test\"]");
            gateway.rewrite(HostRewrite.INSTANCE);
            assertThat(client.request("GET / HTTP/1.1").response().text())
                    .contains("[\"Host\",\"127.0.0.1:" + origin.port() + "\"]");
        }
    }

    @Test
    void anOfferToChangeTheProtocolIsNotPassedOn() {
        try (RawClient client = gateway.connect()) {
            for (String protocol : new String[] {"websocket", "h2c", "TLS/1.2"}) {
                client.request("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: " + protocol);
                assertThat(client.response().status()).isEqualTo(200);
            }
        }
        assertThat(origin.seen()).hasSize(3).noneMatch(request -> request.headers().has("Upgrade"));
    }

    @Test
    void bodiesPassWithLengthAndWithChunks() {
        try (RawClient client = gateway.connect()) {
            client.request("POST / HTTP/1.1", "Content-Length: 5").send("hello");
            assertThat(client.response().text()).contains("\"bodySize\":5");
            client.request("PUT / HTTP/1.1", "Transfer-Encoding: chunked")
                    .send("3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
            assertThat(client.response().text()).contains("\"bodySize\":7");
        }
        assertThat(origin.counts().connections()).isEqualTo(1);
    }

    @Test
    void headAndBodilessAnswersKeepTheConnection() {
        origin.on("/none", (request, reply) -> reply.headOnly(204));
        try (RawClient client = gateway.connect()) {
            client.request("HEAD / HTTP/1.1");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.request("GET /none HTTP/1.1").response().status()).isEqualTo(204);
            assertThat(client.request("GET / HTTP/1.1").response().status()).isEqualTo(200);
        }
        assertThat(origin.counts().connections()).isEqualTo(1);
    }

    @Test
    void trailersArePassedOn() {
        origin.on("/t", OriginHandlers.trailers("body", "X-Sum: 7"));
        try (RawClient client = gateway.connect()) {
            RawResponse response = client.request("GET /t HTTP/1.1").response();
            assertThat(response.text()).isEqualTo("body");
            assertThat(response.trailers().first("X-Sum")).isEqualTo("7");
        }
    }

    @Test
    void interimAnswersArePassedOn() {
        origin.on(
                "/hints",
                OriginHandlers.earlyHints(OriginHandlers.json(200, "{}"), "Link: </a.css>"));
        try (RawClient client = gateway.connect()) {
            client.request("GET /hints HTTP/1.1");
            RawResponse hints = client.head();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.header("Link")).isEqualTo("</a.css>");
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void theServiceItselfAnswersExpectContinue() {
        origin.on(
                "/expect",
                (request, reply) -> {
                    reply.informational(100);
                    OriginHandlers.echo("a").handle(request, reply);
                });
        try (RawClient client = gateway.connect()) {
            client.request("PUT /expect HTTP/1.1", "Expect: 100-continue", "Content-Length: 2");
            assertThat(client.head().status()).isEqualTo(100);
            client.send("ok");
            RawResponse response = client.response();
            assertThat(response.text()).contains("\"bodySize\":2").contains("100-continue");
        }
    }

    @Test
    void eachChunkIsPassedOnBeforeTheNextOneComes() {
        origin.on(
                "/events",
                (request, reply) -> {
                    reply.startChunks(200, "Content-Type: text/event-stream");
                    reply.chunk("data: 1\n\n");
                    reply.stall();
                });
        try (RawClient client = gateway.connect()) {
            RawResponse head = client.request("GET /events HTTP/1.1").head();
            assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.line()).isEqualTo("9");
            assertThat(new String(client.bytes(9), StandardCharsets.US_ASCII))
                    .isEqualTo("data: 1\n\n");
        }
        await().until(() -> origin.counts().openRequests() == 0);
        assertThat(origin.counts().cancelled()).isEqualTo(1);
        await().until(() -> gateway.feedback().active() == 0);
        assertThat(gateway.feedback().results()).containsExactly(CallResult.CANCELLED);
    }

    @Test
    void theHeadOfAStreamDoesNotWaitForItsFirstEvent() {
        origin.on(
                "/quiet",
                (request, reply) -> {
                    reply.startChunks(200, "Content-Type: text/event-stream");
                    reply.stall();
                });
        try (RawClient client = gateway.connect()) {
            assertThat(client.request("GET /quiet HTTP/1.1").head().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatLeavesBeforeTheAnswerIsToldToTheService() {
        origin.otherwise(OriginHandlers.stall());
        try (RawClient client = gateway.connect()) {
            client.request("GET / HTTP/1.1");
            await().until(() -> origin.counts().openRequests() == 1);
        }
        await().until(() -> origin.counts().cancelled() == 1);
        await().until(() -> gateway.feedback().active() == 0);
    }

    @Test
    void aServiceNobodyListensForIs502() {
        try (FreePorts ports = new FreePorts();
                ForwardingGateway closed = new ForwardingGateway(ports.next());
                RawClient client = closed.connect()) {
            RawResponse response = client.request("GET / HTTP/1.1").response();
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.text()).contains("\"error\":\"bad_gateway\"");
            assertThat(closed.feedback().results()).containsExactly(CallResult.CONNECT_FAILED);
        }
    }

    @Test
    void aServiceWithoutInstancesIs503() {
        try (ForwardingGateway none = new ForwardingGateway();
                RawClient client = none.connect()) {
            client.request("POST / HTTP/1.1", "Content-Length: 2").send("ab");
            assertThat(client.response().status()).isEqualTo(503);
        }
    }
}
