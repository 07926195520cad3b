package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two nodes that share a Redis are one to their clients.
class RtClusterIT {
    private static final String G7_IS_UP =
            "\"payload\":{\"groupId\":\"g7\",\"info\":{\"status\":\"UP\"";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @AutoClose private final RedisProcess redis = RedisProcess.start();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RunningGateway one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private RunningGateway two;

    @BeforeEach
    void start() {
        one = node("one");
        two = node("two");
        await().until(() -> !degraded(one) && !degraded(two));
    }

    private RunningGateway node(String name, String... settings) {
        return gateways.start(
                Preset.rt(),
                Stream.concat(
                                Stream.of(settings),
                                Stream.of(
                                        "bus.node=" + name,
                                        "health.format=full",
                                        "bus.redis.commandTimeout=20s",
                                        "bus.redis.probeTimeout=20s",
                                        "bus.redis.url=redis://127.0.0.1:" + redis.port()))
                        .toArray(String[]::new));
    }

    @Test
    void membersOnBothNodesHearEachOther() {
        try (RtClient a = RtClient.in(one, "g1");
                RtClient b = RtClient.in(two, "g1")) {
            assertThat(a.next())
                    .isEqualTo(
                            "{\"type\":\"presence_update\",\"ts\":«now»,\"groupId\":\"g1\",\"payload\":{\"groupId\":\"g1\","
                                    + "\"info\":{\"status\":\"UP\",\"details\":{\"role\":\"app-client\"}}}}");
            for (int i = 0; i < 20; i++) {
                String update =
                        "{\"type\":\"data_update\",\"ts\":"
                                + i
                                + ",\"payload\":{},\"groupId\":\"g1\"}";
                (i % 2 == 0 ? a : b).send(update);
                assertThat(a.passUntil("data_update")).isEqualTo(update);
                assertThat(b.passUntil("data_update")).isEqualTo(update);
            }
            a.hearsNothing();
            b.hearsNothing();
        }
    }

    @Test
    void aGroupWhoseNameIsHalfACharacterIsOneOnBothNodes() {
        String half = "\\ud83d";
        try (RtClient a = RtClient.in(one, half);
                RtClient b = RtClient.in(two, half);
                RtClient other = RtClient.in(two, "?")) {
            String update = "{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"" + half + "\"}";
            a.send(update);
            assertThat(b.passUntil("data_update")).isEqualTo(update);
            other.hearsNothing();
        }
    }

    @Test
    void everybodyIsEverybodyOnBothNodes() {
        try (RtClient a = RtClient.ready(one);
                RtClient b = RtClient.ready(two)) {
            a.hearsNothing();
            b.hearsNothing();
            String update = "{\"type\":\"data_update\",\"ts\":1,\"payload\":{\"data\":\"to all\"}}";
            a.send(update);
            assertThat(a.next()).isEqualTo(update);
            assertThat(b.next()).isEqualTo(update);
        }
    }

    @Test
    void aGroupEndsWithItsLastMemberOnAnyNode() {
        try (RtClient dashboard = RtClient.ready(two)) {
            dashboard.send("{\"type\":\"identify\",\"payload\":{\"clientType\":\"dashboard\"}}");
            assertThat(dashboard.type()).isEqualTo("ready");
            dashboard.hearsNothing();
            RtClient a = RtClient.in(one, "g1");
            assertThat(dashboard.next()).contains("\"groupId\":\"g1\"", "\"status\":\"UP\"");
            RtClient b = RtClient.ready(two);
            b.identify("service-node", "g1");
            assertThat(dashboard.next()).contains("\"groupId\":\"g1\"", "service-node");
            a.close();
            dashboard.hearsNothing();
            b.close();
            assertThat(dashboard.next())
                    .contains(
                            "\"groupId\":\"g1\"",
                            "{\"status\":\"DOWN\",\"details\":{\"role\":\"service-node\"}}");
            dashboard.hearsNothing();
        }
    }

    @Test
    void aDashboardHearsOfGroupsThatAreUpOnAnotherNode() {
        try (RtClient dashboard = RtClient.ready(two)) {
            try (RtClient a = RtClient.in(one, "g7")) {
                dashboard.send(
                        "{\"type\":\"identify\",\"payload\":{\"clientType\":\"dashboard\"}}");
                String up = dashboard.next();
                assertThat(up).contains(G7_IS_UP);
                // What a was told of itself may reach this node behind the subscription, and is
                // said again.
                String next = up;
                while (next.contains(G7_IS_UP)) {
                    next = dashboard.next();
                }
                assertThat(next).contains("\"type\":\"ready\"");
                a.hearsNothing();
            }
            assertThat(dashboard.passUntil("\"status\":\"DOWN\"")).contains("\"groupId\":\"g7\"");
        }
    }

    @Test
    void whoWaitsForTheSharedServerIsNotTakenForSilent() {
        RunningGateway strict = node("strict", "realtime.rt.heartbeatTimeout=3s");
        await().until(() -> !degraded(strict));
        try (RtClient a = RtClient.ready(strict)) {
            redis.hang();
            a.identify("app-client", "g1");
            // Less than a command may take, and more than a client may be silent.
            await().pollDelay(Duration.ofMillis(4_500)).until(() -> true);
            redis.resume();
            assertThat(a.passUntil("\"type\":\"ready\"")).contains("\"groupId\":\"g1\"");
            a.hearsNothing();
        }
    }

    @Test
    void withoutTheSharedServerEachNodeGoesOnAlone() {
        try (RtClient a = RtClient.in(one, "g1");
                RtClient b = RtClient.in(one, "g1");
                RtClient c = RtClient.ready(two)) {
            c.identify("node-two", "g1");
            c.passUntil("ready");
            a.passUntil("node-two");
            b.passUntil("node-two");
            redis.kill();
            await().until(() ->
                    one.get("/health").statusCode() == 200 && degraded(one) && degraded(two));
            String update = "{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"g1\"}";
            a.send(update);
            a.passUntil("data_update");
            b.passUntil("data_update");
            redis.restart();
            await().until(() -> !degraded(one) && !degraded(two));
            await().untilAsserted(() -> {
                b.send(update);
                c.passUntil("data_update");
            });
        }
    }

    private static boolean degraded(RunningGateway node) {
        return node.get("/health").body().contains("\"status\":\"degraded\"");
    }
}
