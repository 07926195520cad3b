package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages of every shape, straight to a service and through a second gateway over HTTP/2.
class MessageShapesIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1", "http2"})
    void answersWithoutABodyKeepTheConnection(String protocol) {
        origin.on("/head", (request, reply) -> reply.headOnly(200, "Content-Length: 12345"));
        origin.on("/none", (request, reply) -> reply.headOnly(204));
        origin.on(
                "/same",
                (request, reply) -> reply.headOnly(304, "ETag: \"a\"", "Content-Length: 77"));
        origin.on("/empty", OriginHandlers.json(200, ""));
        try (RawClient client = RawClient.connect(start(protocol).port())) {
            for (int i = 0; i < 3; i++) {
                RawResponse head = client.request("HEAD /head HTTP/1.1").head();
                assertThat(head.header("Content-Length")).isEqualTo("12345");
                RawResponse none = client.request("GET /none HTTP/1.1").response();
                assertThat(none.status()).isEqualTo(204);
                assertThat(none.headers().has("Content-Length")).isFalse();
                assertThat(none.headers().has("Transfer-Encoding")).isFalse();
                RawResponse same = client.request("GET /same HTTP/1.1").response();
                assertThat(same.status()).isEqualTo(304);
                assertThat(same.header("ETag")).isEqualTo("\"a\"");
                RawResponse empty = client.request("GET /empty HTTP/1.1").response();
                assertThat(empty.header("Content-Length")).isEqualTo("0");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1", "http2"})
    void anAnswerThatEndsWithItsConnectionIsFramedForTheClient(String protocol) {
        origin.otherwise((request, reply) -> {
            reply.begin(200, "Connection: close");
            reply.raw(new byte[70_000]);
            reply.closeNow();
        });
        try (RawClient client = RawClient.connect(start(protocol).port())) {
            for (int i = 0; i < 3; i++) {
                RawResponse answer = client.request("GET /x HTTP/1.1").response();
                assertThat(answer.body()).hasSize(70_000);
                assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1", "http2"})
    void anOldClientGetsItsAnswerUnchunkedAndTheEndByClosing(String protocol) {
        origin.otherwise(OriginHandlers.chunks(3, 1000, Duration.ZERO));
        RunningGateway gateway = start(protocol);
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse answer = client.request("GET /x HTTP/1.0").response();
            assertThat(answer.headers().has("Transfer-Encoding")).isFalse();
            assertThat(answer.body()).hasSize(3000);
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
        origin.otherwise(OriginHandlers.json(200, "{}"));
        try (RawClient client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 2; i++) {
                RawResponse kept =
                        client.request("GET /x HTTP/1.0", "Connection: keep-alive").response();
                assertThat(kept.header("Connection")).isEqualToIgnoringCase("keep-alive");
                assertThat(kept.text()).isEqualTo("{}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1", "http2"})
    void repeatedFieldsKeepTheirNumberAndOrder(String protocol) {
        origin.otherwise(
                OriginHandlers.json(
                        200, "{}", "Set-Cookie: a=1; Path=/", "X-One: 1", "Set-Cookie: b=2"));
        try (RawClient client = RawClient.connect(start(protocol).port())) {
            RawResponse answer =
                    client.request(
                                    "GET /x HTTP/1.1",
                                    "Cookie: a=1; b=2",
                                    "X-Many: 1",
                                    "X-Many: 2",
                                    "Accept: text/html,*/*;q=0.5")
                            .response();
            assertThat(answer.headers().all("Set-Cookie")).containsExactly("a=1; Path=/", "b=2");
        }
        assertThat(origin.seen().getFirst().headers())
                .satisfies(seen -> {
                    assertThat(seen.all("Cookie")).containsExactly("a=1; b=2");
                    assertThat(seen.all("X-Many")).containsExactly("1", "2");
                    assertThat(seen.all("Accept")).containsExactly("text/html,*/*;q=0.5");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1", "http2"})
    void targetsStayAsTheyWereWritten(String protocol) {
        RunningGateway gateway = start(protocol);
        String[] targets = {
            "/x?", "/x?a=b?c", "/a%2Fb", "/a;v=1/b", "/%E2%82%AC?q=%e2%82%ac", "/a/", "/~u/(b)"
        };
        try (RawClient client = RawClient.connect(gateway.port())) {
            for (String target : targets) {
                client.request("GET " + target + " HTTP/1.1");
                assertThat(client.response().status()).isEqualTo(200);
            }
        }
        assertThat(origin.seen()).extracting(request -> request.target()).containsExactly(targets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1", "http2"})
    void requestsSentInOneGoAreAnsweredInTheirOrder(String protocol) {
        origin.on(
                "/slow",
                OriginHandlers.delayed(Duration.ofMillis(100), OriginHandlers.json(200, "slow")));
        origin.on("/fast", OriginHandlers.json(200, "fast"));
        try (RawClient client = RawClient.connect(start(protocol).port())) {
            client.send(
                    "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
                            + "POST /fast HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
                            + "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
                            + "GET /fast HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.response().text()).isEqualTo("slow");
            assertThat(client.response().text()).isEqualTo("fast");
            assertThat(client.response().text()).isEqualTo("slow");
            RawResponse last = client.response();
            assertThat(last.text()).isEqualTo("fast");
            assertThat(last.headers().lists("Connection", "close")).isTrue();
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
    }

    /// @param protocol `http1`: straight to the service; `http2`: over another gateway
    private RunningGateway start(String protocol) {
        if (protocol.equals("http1")) {
            return gateways.start(GatewayText.of(origin).text());
        }
        RunningGateway back = gateways.start(GatewayText.of(origin).text());
        return gateways.start(
                GatewayText.empty()
                        .service(
                                "s",
                                "",
                                GatewayText.instance("back", back.port(), "protocol: " + protocol))
                        .text());
    }
}
