package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RateLimitIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void theBurstPassesAndTheRestIsToldWhenToComeBack() {
        RunningGateway gateway = gateways.start(limited(1, 20));

        List<RawResponse> answers = fire(gateway, 40);

        // At the rate of 1/s a slow run may see a few tokens more than the burst.
        List<RawResponse> refused = refused(answers);
        assertThat(answers.size() - refused.size()).isBetween(19, 35);
        assertThat(refused)
                .allSatisfy(answer -> {
                    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
                    assertThat(answer.text()).contains("\"error\":\"rate_limit\"");
                    assertThat(Integer.parseInt(field(answer, "Retry-After")))
                            .isGreaterThanOrEqualTo(1);
                    assertThat(field(answer, "X-RateLimit-Limit")).isEqualTo("20");
                    assertThat(field(answer, "X-RateLimit-Remaining")).isEqualTo("0");
                    assertThat(Integer.parseInt(field(answer, "X-RateLimit-Reset"))).isPositive();
                });
        assertThat(answers.getFirst().header("X-RateLimit-Remaining")).isEqualTo("19");
    }

    @Test
    void aBucketFillsAtItsRateAndNotAtOnce() {
        RunningGateway gateway = gateways.start(limited(1, 20));
        assertThat(refused(fire(gateway, 30))).isNotEmpty();

        await().until(() -> fire(gateway, 1).getFirst().status() == 200);

        // A full one would let all of them pass.
        assertThat(refused(fire(gateway, 10))).isNotEmpty();
    }

    @Test
    void eachRouteHasABucketOfItsOwn() {
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(origin)
                                .rule("a", "/a", "rateLimit: 1, rateLimitBurst: 2")
                                .rule("b", "/b", "rateLimit: 1, rateLimitBurst: 2")
                                .rule("c", "/c", "")
                                .text());
        try (RawClient client = RawClient.connect(gateway.port())) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                statuses.add(client.request("GET /a HTTP/1.1").response().status());
            }
            assertThat(statuses).contains(429);
            assertThat(client.request("GET /b HTTP/1.1").response().status()).isEqualTo(200);
            assertThat(client.request("GET /c HTTP/1.1").response().status()).isEqualTo(200);
        }
    }

    @Test
    void aMadeUpAddressGetsNoBucketOfItsOwn() {
        RunningGateway gateway = gateways.start(limited(1, 5));
        try (RawClient client = RawClient.connect(gateway.port())) {
            int passed = 0;
            for (int i = 0; i < 30; i++) {
                client.request("GET /x HTTP/1.1", "X-Forwarded-For: 10.0.0." + i);
                passed += client.response().status() == 200 ? 1 : 0;
            }
            assertThat(passed).isBetween(5, 20);
        }
        assertThat(refused(fire(gateway, 10))).isNotEmpty();
    }

    @Test
    void aReloadGivesNobodyNewTokens() {
        RunningGateway gateway = gateways.start(limited(1, 20));
        fire(gateway, 30);

        assertThat(gateway.gateway().reload()).isTrue();

        // A full one would let all of them pass.
        assertThat(refused(fire(gateway, 10))).isNotEmpty();
    }

    /// So many requests over one connection, all sent before the first answer is read.
    private static List<RawResponse> fire(RunningGateway gateway, int count) {
        List<RawResponse> answers = new ArrayList<>();
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: test\r\n\r\n".repeat(count));
            for (int i = 0; i < count; i++) {
                answers.add(client.response());
            }
        }
        return answers;
    }

    private static List<RawResponse> refused(List<RawResponse> answers) {
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 429);
        return answers.stream().filter(answer -> answer.status() == 429).toList();
    }

    private static String field(RawResponse answer, String name) {
        String value = answer.header(name);
        assertThat(value).as(name).isNotNull();
        return String.valueOf(value);
    }

    private String limited(int rate, int burst) {
        return GatewayText.of(origin)
                .rule("rateLimit: " + rate + ", rateLimitBurst: " + burst)
                .text();
    }
}
