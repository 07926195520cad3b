package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BalanceIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer one = named("one");
    private final OriginServer two = named("two");
    private final OriginServer three = named("three");
    private final List<OriginServer> origins = List.of(one, two, three);

    private static OriginServer named(String name) {
        return OriginServer.start(name).otherwise(OriginHandlers.json(200, name));
    }

    @AfterEach
    void close() {
        origins.forEach(OriginServer::close);
    }

    @Test
    void weightsAreKeptExactlyAndInTurn() {
        RunningGateway gateway =
                gateways.start(
                        GatewayText.empty()
                                .service(
                                        "s",
                                        "",
                                        GatewayText.instance(one, "weight: 5"),
                                        GatewayText.instance(two, "weight: 3"),
                                        GatewayText.instance(three, "weight: 2"))
                                .rule("loadBalance: weighted_round_robin")
                                .section("loops: 1")
                                .text());

        ask(gateway, 100, "");

        assertThat(origins)
                .extracting(origin -> origin.counts().requests())
                .containsExactly(50, 30, 20);
    }

    @Test
    void whoIsBusyGetsNoMoreThanTheOthers() {
        one.on("/hold", OriginHandlers.stall());
        two.on("/hold", OriginHandlers.stall());
        three.on("/hold", OriginHandlers.stall());
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(one, two, three)
                                .rule("loadBalance: least_connections, timeout: 0")
                                .text());

        try (RawClient first = RawClient.connect(gateway.port());
                RawClient second = RawClient.connect(gateway.port())) {
            first.request("GET /hold HTTP/1.1");
            await().until(() -> open() == 1);
            second.request("GET /hold HTTP/1.1");
            await().until(() -> open() == 2);

            assertThat(origins).allMatch(origin -> origin.counts().openRequests() <= 1);
            Set<String> answered = ask(gateway, 10, "").keySet();
            assertThat(answered).hasSize(1);
        }
    }

    @Test
    void aSessionStaysOnItsInstanceAcrossAReload() {
        RunningGateway gateway = gateways.start(sticky(one, two, three));
        RawResponse first = get(gateway, "");
        String cookie = String.valueOf(first.header("Set-Cookie"));
        assertThat(cookie).startsWith("GATEWAY_SESSION=").contains("HttpOnly", "Max-Age=60");
        String session = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));

        assertThat(ask(gateway, 10, session)).containsOnlyKeys(first.text());
        gateway.rewrite(sticky(three, one, two));
        assertThat(gateway.gateway().reload()).isTrue();
        assertThat(ask(gateway, 10, session)).containsOnlyKeys(first.text());

        assertThat(ask(gateway, 9, "")).hasSize(3);
    }

    @Test
    void aKeyStaysOnItsInstanceAndFewMoveWhenOneLeaves() {
        RunningGateway gateway = gateways.start(hashed(one, two, three));
        Map<Integer, String> owners = owners(gateway);
        assertThat(new HashSet<>(owners.values())).hasSize(3);
        assertThat(owners(gateway)).isEqualTo(owners);

        gateway.rewrite(hashed(one, two));
        assertThat(gateway.gateway().reload()).isTrue();

        Map<Integer, String> after = owners(gateway);
        owners.forEach((key, owner) -> {
            if (!owner.equals("three")) {
                assertThat(after).containsEntry(key, owner);
            }
        });
    }

    private int open() {
        return origins.stream().mapToInt(origin -> origin.counts().openRequests()).sum();
    }

    private static Map<Integer, String> owners(RunningGateway gateway) {
        Map<Integer, String> owners = new HashMap<>();
        for (int key = 0; key < 60; key++) {
            owners.put(key, get(gateway, "X-Session-Id: key-" + key).text());
        }
        return owners;
    }

    /// How often each instance answered.
    private static Map<String, Integer> ask(RunningGateway gateway, int count, String field) {
        Map<String, Integer> answered = new HashMap<>();
        for (int i = 0; i < count; i++) {
            answered.merge(get(gateway, field).text(), 1, Integer::sum);
        }
        return answered;
    }

    private static RawResponse get(RunningGateway gateway, String field) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            String[] fields = field.isEmpty() ? new String[0] : new String[] {field};
            RawResponse answer = client.request("GET /x HTTP/1.1", fields).response();
            assertThat(answer.status()).isEqualTo(200);
            return answer;
        }
    }

    private static String sticky(OriginServer... origins) {
        return GatewayText.of(origins)
                .rule("loadBalance: sticky_session, sessionAffinity: {enabled: true, ttl: 60}")
                .section("loops: 1")
                .text();
    }

    private static String hashed(OriginServer... origins) {
        return GatewayText.of(origins).rule("loadBalance: consistent_hash").text();
    }
}
