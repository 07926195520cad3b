package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OriginServerTest {
    private final OriginServer origin = OriginServer.start("b1");

    @AfterEach
    void stop() {
        origin.close();
    }

    private RawClient client() {
        return RawClient.connect(origin.port());
    }

    @Test
    void echoesWhatWasReceivedInOrderAndCase() {
        try (RawClient client = client()) {
            client.send("POST /a%20b?x=%2f HTTP/1.1\r\nhOsT: h\r\nX-A: 1\r\nx-a: 2\r\n");
            client.send("Content-Length: 3\r\n\r\nabc");
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text())
                    .contains("\"name\":\"b1\"")
                    .contains("\"target\":\"/a%20b?x=%2f\"")
                    .contains("[\"hOsT\",\"h\"],[\"X-A\",\"1\"],[\"x-a\",\"2\"]")
                    .contains("\"bodySize\":3")
                    .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }
    }

    @Test
    void keepsConnectionsAliveAndCountsThem() {
        try (RawClient client = client()) {
            client.request("GET /1 HTTP/1.1").response();
            client.request("GET /2 HTTP/1.1").response();
        }
        assertThat(origin.counts().connections()).isEqualTo(1);
        assertThat(origin.counts().requests()).isEqualTo(2);
        assertThat(origin.seen()).extracting(OriginRequest::ordinal).containsExactly(1, 2);
    }

    @Test
    void readsChunkedBodiesAndWritesTrailers() {
        origin.on("/t", OriginHandlers.trailers("hello", "X-Sum: 5"));
        try (RawClient client = client()) {
            client.request("POST /t HTTP/1.1", "Transfer-Encoding: chunked");
            client.send("3\r\nabc\r\n0\r\n\r\n");
            RawResponse response = client.response();
            assertThat(response.text()).isEqualTo("hello");
            assertThat(response.trailers().first("x-sum")).isEqualTo("5");
        }
    }

    @Test
    void asksForTheBodyOnlyWhenItIsRead() {
        origin.on("/no", (request, reply) -> reply.json(417, "{}", "Connection: close"));
        try (RawClient client = client()) {
            client.request("PUT /", "Expect: 100-continue").close();
        }
        try (RawClient client = client()) {
            client.request("PUT / HTTP/1.1", "Expect: 100-continue", "Content-Length: 2");
            assertThat(client.head().status()).isEqualTo(100);
            client.send("ok");
            assertThat(client.response().text()).contains("\"bodySize\":2");
        }
        try (RawClient client = client()) {
            client.request("PUT /no HTTP/1.1", "Expect: 100-continue", "Content-Length: 2");
            assertThat(client.head().status()).isEqualTo(417);
        }
    }

    @Test
    void sendsEarlyHints() {
        origin.on("/", OriginHandlers.earlyHints(OriginHandlers.json(200, "{}"), "Link: </a>"));
        try (RawClient client = client()) {
            client.request("GET / HTTP/1.1");
            RawResponse hints = client.head();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.header("link")).isEqualTo("</a>");
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void breaksTheReplyWhereAsked() {
        origin.on("/rst", OriginHandlers.resetMidBody(100, 10));
        origin.on("/fin", OriginHandlers.truncated(100, 10));
        origin.on("/none", OriginHandlers.closeBeforeReply());
        for (String path : List.of("/rst", "/fin", "/none")) {
            try (RawClient client = client()) {
                client.request("GET " + path + " HTTP/1.1");
                assertThatThrownBy(client::response).isInstanceOf(UncheckedIOException.class);
            }
        }
    }

    @Test
    void closesAfterItsShareOfRequestsWithoutSaying() {
        origin.requestsPerConnection(1);
        try (RawClient client = client()) {
            RawResponse response = client.request("GET / HTTP/1.1").response();
            assertThat(response.headers().has("Connection")).isFalse();
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void countsAClientThatLeavesWhileItWaits() {
        origin.on("/", OriginHandlers.stall());
        try (RawClient client = client()) {
            client.request("GET / HTTP/1.1");
            await().until(() -> origin.counts().openRequests() == 1);
        }
        await().until(() -> origin.counts().openRequests() == 0);
        assertThat(origin.counts().cancelled()).isEqualTo(1);
    }

    @Test
    void refusesAndAcceptsAgainOnTheSamePort() {
        origin.refuse();
        assertThatThrownBy(this::client).isInstanceOf(UncheckedIOException.class);
        origin.acceptAgain();
        try (RawClient client = client()) {
            assertThat(client.request("GET / HTTP/1.1").response().status()).isEqualTo(200);
        }
    }

    @Test
    void sendsSizedAndChunkedBodies() {
        origin.on("/sized", OriginHandlers.sized(200_000));
        origin.on("/chunks", OriginHandlers.chunks(3, 10, Duration.ofMillis(1)));
        try (RawClient client = client()) {
            assertThat(client.request("GET /sized HTTP/1.1").response().body()).hasSize(200_000);
            assertThat(client.request("GET /chunks HTTP/1.1").response().body()).hasSize(30);
        }
    }

    @Test
    void readsSlowly() {
        OriginHandler then = OriginHandlers.json(200, "{}");
        origin.on("/", OriginHandlers.slowReader(1, Duration.ofMillis(1), then));
        try (RawClient client = client()) {
            client.request("POST / HTTP/1.1", "Content-Length: 5");
            client.send("abcde".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.response().status()).isEqualTo(200);
        }
    }
}
