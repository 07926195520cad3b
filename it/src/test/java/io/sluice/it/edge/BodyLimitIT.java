package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BodyLimitIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aBodyAnnouncedTooLargeNeverReachesTheService() {
        RunningGateway gateway = limited();
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse answer =
                    client.request("PUT /x HTTP/1.1", "Content-Length: 1001").response();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("\"error\":\"payload_too_large\"");
        }
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("PUT /x HTTP/1.1", "Content-Length: 1000").send("x".repeat(1000));
            assertThat(client.response().text()).contains("\"bodySize\":1000");
        }
        assertThat(origin.counts().requests()).isEqualTo(1);
    }

    @Test
    void aBodyThatGrowsTooLargeIsRefusedAndTheCallBrokenOff() {
        RunningGateway gateway = limited();
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("PUT /x HTTP/1.1", "Transfer-Encoding: chunked");
            client.send("1f4\r\n" + "x".repeat(500) + "\r\n");
            await().until(() -> origin.counts().openRequests() == 1);
            client.send("1f5\r\n" + "x".repeat(501) + "\r\n0\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(413);
        }
        await().atMost(Duration.ofSeconds(1)).until(() -> origin.counts().cancelled() == 1);
    }

    @Test
    void aRuleMayTakeMoreThanTheListener() {
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(origin)
                                .rule("small", "/small", "")
                                .rule("large", "/large", "maxRequestSize: 1MiB")
                                .text(),
                        "frontend.http.maxRequestSize=1000");
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("PUT /large HTTP/1.1", "Content-Length: 5000").send("x".repeat(5000));
            assertThat(client.response().status()).isEqualTo(200);
            client.request("PUT /small HTTP/1.1", "Content-Length: 5000");
            assertThat(client.response().status()).isEqualTo(413);
        }
    }

    @Test
    void eachListenerHasItsOwnLimit() {
        RunningGateway gateway = gateways.start(withListener("maxRequestSize: 100"));
        int other = gateway.gateway().addresses().get(1).getPort();

        assertThat(put(gateway.port(), "/x", 500)).isEqualTo(200);
        assertThat(put(other, "/x", 100)).isEqualTo(200);
        assertThat(put(other, "/x", 101)).isEqualTo(413);
        assertThat(put(gateway.port(), "/x", 1001)).isEqualTo(413);
        assertThat(put(other, "/large", 5000)).isEqualTo(200);
        try (RawClient client = RawClient.connect(other)) {
            client.request("PUT /x HTTP/1.1", "Transfer-Encoding: chunked");
            client.send("65\r\n" + "x".repeat(101) + "\r\n0\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(413);
        }
    }

    @Test
    void aListenerMayTakeAnyBodyOrWhatTheMainOneTakes() {
        RunningGateway open = gateways.start(withListener("maxRequestSize: 0"));
        assertThat(put(open.gateway().addresses().get(1).getPort(), "/x", 5000)).isEqualTo(200);

        RunningGateway same = gateways.start(withListener("idleTimeout: 60"));
        assertThat(put(same.gateway().addresses().get(1).getPort(), "/x", 1000)).isEqualTo(200);
        assertThat(put(same.gateway().addresses().get(1).getPort(), "/x", 1001)).isEqualTo(413);
    }

    @Test
    void theLimitOfAListenerIsReadAnewByAReload() {
        RunningGateway gateway = gateways.start(withListener("maxRequestSize: 100"));
        int other = gateway.gateway().addresses().get(1).getPort();
        assertThat(put(other, "/x", 500)).isEqualTo(413);

        gateway.rewrite(withListener("maxRequestSize: 600"));
        assertThat(gateway.gateway().reload()).isTrue();

        assertThat(put(other, "/x", 500)).isEqualTo(200);
        assertThat(put(other, "/x", 601)).isEqualTo(413);
    }

    /// The main listener takes 1000 bytes, the rule `large` more.
    private String withListener(String more) {
        return GatewayText.of(origin)
                .rule("all", "/*", "")
                .rule("large", "/large", "maxRequestSize: 1MiB")
                .section(
                        "frontend: {http: {maxRequestSize: 1000}}\n"
                                + "listeners: [{host: localhost, port: 0, %s}]".formatted(more))
                .text();
    }

    private static int put(int port, String target, int bytes) {
        try (RawClient client = RawClient.connect(port)) {
            client.request("PUT " + target + " HTTP/1.1", "Content-Length: " + bytes);
            client.send("x".repeat(bytes));
            return client.response().status();
        }
    }

    private RunningGateway limited() {
        return gateways.start(GatewayText.of(origin).rule("maxRequestSize: 1000").text());
    }
}
