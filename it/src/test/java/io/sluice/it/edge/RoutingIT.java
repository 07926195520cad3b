package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoutingIT {
    private static final String TARGET = "/api/example/x?a=1&a=%202";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer one = OriginServer.start("one");
    private final OriginServer two = OriginServer.start("two");

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void aHundredRequestsGoFiftyFiftyWithTheirTargetUntouched() {
        RunningGateway gateway = gateways.start(example());

        try (RawClient client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.request("GET " + TARGET + " HTTP/1.1").response().status())
                        .isEqualTo(200);
            }
        }

        assertThat(one.counts().requests()).isBetween(49, 51);
        assertThat(two.counts().requests()).isBetween(49, 51);
        assertThat(one.seen()).allMatch(request -> request.target().equals(TARGET));
        assertThat(two.seen()).allMatch(request -> request.target().equals(TARGET));
    }

    @Test
    void theBarePrefixBelongsToItsRule() {
        RunningGateway gateway = gateways.start(example());

        assertThat(gateway.get("/api/example").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/api/example/").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/api/examples").statusCode()).isEqualTo(404);
    }

    @Test
    void anAbsoluteTargetOverridesHostOnlyForARuleThatNamesIt() {
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(one)
                                .rule("")
                                .rule("named", "/*", "hosts: [a.test, '*.b.test']")
                                .text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET http://a.test:81/x?y HTTP/1.1");
            assertThat(client.response().status()).isEqualTo(200);
            client.request("GET http://c.b.test/x HTTP/1.1");
            assertThat(client.response().status()).isEqualTo(200);
            client.request("GET http://test/x HTTP/1.1");
            assertThat(client.response().status()).isEqualTo(200);
            client.request("GET http://evil.test/x HTTP/1.1");
            assertThat(client.response().status()).isEqualTo(421);
        }

        assertThat(one.seen())
                .extracting(request -> request.headers().all("Host").toString())
                .containsExactly("[a.test:81]", "[c.b.test]", "[test]");
        assertThat(one.seen().getFirst().target()).isEqualTo("/x?y");
    }

    @Test
    void anOfferToUpgradeToClearTextHttp2IsNeitherTakenNorPassedOn() {
        RunningGateway gateway = gateways.start(example());

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request(
                    "GET /api/example/x HTTP/1.1",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAAP__");
            assertThat(client.head().status()).isEqualTo(200);
        }

        assertThat(one.seen().getFirst().headers().names())
                .doesNotContain("Upgrade", "HTTP2-Settings", "Connection");
    }

    private String example() {
        return GatewayText.of(one, two)
                .rule("r", "/api/example/*", "loadBalance: round_robin, timeout: 10")
                .section("loops: 1")
                .text();
    }
}
