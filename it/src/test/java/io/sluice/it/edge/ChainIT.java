package io.sluice.it.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginRequest;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One gateway in front of another, HTTP/2 in the clear between them.
class ChainIT {
    private static final int LARGE = 3_000_000;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");
    private RunningGateway front;

    @BeforeEach
    void start() {
        RunningGateway back =
                gateways.start(
                        GatewayText.of(origin)
                                .section("trustedProxies: [127.0.0.1]\nmetrics: {enabled: true}")
                                .text());
        front =
                gateways.start(
                        GatewayText.empty()
                                .service(
                                        "s",
                                        "",
                                        GatewayText.instance(
                                                "back", back.port(), "protocol: http2"))
                                .section("loops: 1")
                                .text());
    }

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aRequestKeepsItsTargetItsHostAndItsName() {
        HttpResponse<String> answer = front.get("/x?a=%201&b");

        assertThat(answer.statusCode()).isEqualTo(200);
        OriginRequest seen = origin.seen().getFirst();
        assertThat(seen.target()).isEqualTo("/x?a=%201&b");
        assertThat(seen.headers().all("Host")).containsExactly("127.0.0.1:" + front.port());
        assertThat(seen.headers().all("X-Forwarded-For")).containsExactly("127.0.0.1, 127.0.0.1");
        assertThat(answer.headers().allValues("X-Request-ID")).hasSize(1);
    }

    @Test
    void bodiesPassBothWays() throws Exception {
        for (HttpRequest.BodyPublisher publisher :
                List.of(
                        BodyPublishers.ofByteArray(new byte[LARGE]),
                        BodyPublishers.fromPublisher(
                                BodyPublishers.ofByteArray(new byte[LARGE])))) {
            HttpRequest put = HttpRequest.newBuilder(front.uri("/up")).PUT(publisher).build();
            assertThat(front.send(put).body()).contains("\"bodySize\":" + LARGE);
        }
        origin.on("/sized", OriginHandlers.sized(LARGE));
        origin.on("/chunks", OriginHandlers.chunks(LARGE / 1000, 1000, Duration.ZERO));
        for (String path : List.of("/sized", "/chunks")) {
            HttpRequest get = HttpRequest.newBuilder(front.uri(path)).build();
            assertThat(front.client().send(get, BodyHandlers.ofByteArray()).body()).hasSize(LARGE);
        }
    }

    @Test
    void interimAnswersAndTrailersPass() {
        origin.on(
                "/hints",
                OriginHandlers.earlyHints(OriginHandlers.trailers("ok", "X-Sum: 1"), "Link: <x>"));
        try (RawClient client = RawClient.connect(front.port())) {
            RawResponse hint = client.request("GET /hints HTTP/1.1", "TE: trailers").head();
            assertThat(hint.status()).isEqualTo(103);
            RawResponse answer = client.response();
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.trailers().all("X-Sum")).containsExactly("1");
            client.request("PUT /x HTTP/1.1", "Content-Length: 5", "Expect: 100-continue");
            assertThat(client.head().status()).isEqualTo(100);
            client.send("hello");
            assertThat(client.response().text()).contains("\"bodySize\":5");
        }
    }

    @Test
    void headsGoOutBeforeAnythingOfTheirBodies() {
        origin.on(
                "/up-and-down",
                (request, reply) -> {
                    reply.startChunks(200);
                    byte[] piece = new byte[3];
                    assertThat(request.body().read(piece)).isEqualTo(3);
                    reply.chunk(piece);
                    request.digestBody();
                    reply.endChunks();
                });
        try (RawClient client = RawClient.connect(front.port())) {
            client.request("POST /up-and-down HTTP/1.1", "Transfer-Encoding: chunked");
            RawResponse head = client.head();
            assertThat(head.status()).isEqualTo(200);
            client.send("3\r\nabc\r\n");
            assertThat(client.bytes(8)).isEqualTo("3\r\nabc\r\n".getBytes(UTF_8));
            client.send("0\r\n\r\n");
            assertThat(client.bytes(5)).isEqualTo("0\r\n\r\n".getBytes(UTF_8));
        }
    }

    @Test
    void aClientThatLeavesCancelsAllTheWay() {
        origin.on("/stall", OriginHandlers.stall());
        try (RawClient client = RawClient.connect(front.port())) {
            client.request("GET /stall HTTP/1.1");
            await().until(() -> origin.counts().openRequests() == 1);
        }
        await().until(() -> origin.counts().cancelled() == 1);
        assertThat(front.get("/x").statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatReadsSlowlySlowsOnlyItself() throws Exception {
        origin.on("/large", OriginHandlers.sized(50_000_000));
        try (RawClient slow = RawClient.connectNarrow(front.port(), 8192)) {
            slow.request("GET /large HTTP/1.1");
            assertThat(slow.head().status()).isEqualTo(200);
            List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                others.add(
                        front.client()
                                .sendAsync(
                                        HttpRequest.newBuilder(front.uri("/x")).build(),
                                        BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> other : others) {
                assertThat(other.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            await().until(() -> origin.counts().openRequests() == 1);
        }
    }
}
