package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHeaders;
import io.sluice.testkit.RawResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeadersIT {
    private static final String[] HOSTILE = {
        "Connection: close, X-Drop",
        "X-Drop: 1",
        "TE: gzip",
        "Keep-Alive: 5",
        "X-Forwarded-For: 6.6.6.6",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: evil.test",
        "X-Auth-Subject: root",
        "Proxy-Authorization: Basic eA=="
    };

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void whatIsNotTheClientsToSayIsTakenOff() {
        RawHeaders seen = seen(gateways.start(GatewayText.of(origin).text()));

        assertThat(seen.names())
                .doesNotContain(
                        "X-Drop", "TE", "Keep-Alive", "X-Auth-Subject", "Proxy-Authorization");
        assertThat(seen.all("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(seen.all("X-Forwarded-Proto")).containsExactly("http");
        assertThat(seen.all("X-Forwarded-Host")).containsExactly("test");
        assertThat(seen.all("Host")).containsExactly("test");
    }

    @Test
    void aTrustedProxyIsBelievedWhoItSpeaksFor() {
        RawHeaders seen =
                seen(
                        gateways.start(
                                GatewayText.of(origin)
                                        .section("trustedProxies: [127.0.0.0/8]")
                                        .text()));

        assertThat(seen.all("X-Forwarded-For")).containsExactly("6.6.6.6, 127.0.0.1");
        assertThat(seen.all("X-Forwarded-Proto")).containsExactly("https");
        assertThat(seen.names()).doesNotContain("X-Drop", "TE", "Keep-Alive", "X-Auth-Subject");
    }

    @Test
    void trailersMayBeAskedFor() {
        RunningGateway gateway = gateways.start(GatewayText.of(origin).text());
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /x HTTP/1.1", "Connection: TE", "TE: trailers, gzip");
            assertThat(client.response().status()).isEqualTo(200);
        }
        assertThat(origin.seen().getFirst().headers().all("TE")).containsExactly("trailers");
    }

    @Test
    void theServicesOwnConnectionIsNoBusinessOfTheClient() {
        origin.otherwise((request, reply) ->
                reply.send(
                        200,
                        new byte[] {'x'},
                        "Connection: X-Hop, close",
                        "Connection: X-Further",
                        "X-Hop: 1",
                        "X-Further: 1",
                        "Keep-Alive: timeout=1",
                        "Proxy-Authenticate: Basic",
                        "Upgrade: h2c",
                        "X-Kept: 1"));
        RunningGateway gateway = gateways.start(GatewayText.of(origin).text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse answer = client.request("GET /x HTTP/1.1").response();
            assertThat(answer.headers().names())
                    .doesNotContain(
                            "X-Hop",
                            "X-Further",
                            "Keep-Alive",
                            "Connection",
                            "Proxy-Authenticate",
                            "Upgrade")
                    .contains("X-Kept");
            assertThat(client.request("GET /x HTTP/1.1").response().status()).isEqualTo(200);
        }
    }

    @Test
    void theServiceSeesItsOwnAddressAsHostWhenTheRuleSaysSo() {
        RunningGateway gateway =
                gateways.start(GatewayText.of(origin).rule("preserveHost: false").text());

        assertThat(gateway.get("/x").statusCode()).isEqualTo(200);

        RawHeaders seen = origin.seen().getFirst().headers();
        assertThat(seen.all("Host")).containsExactly("127.0.0.1:" + origin.port());
        assertThat(seen.all("X-Forwarded-Host")).containsExactly("127.0.0.1:" + gateway.port());
    }

    private RawHeaders seen(RunningGateway gateway) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.request("GET /x HTTP/1.1", HOSTILE).response().status())
                    .isEqualTo(200);
        }
        return origin.seen().getFirst().headers();
    }
}
