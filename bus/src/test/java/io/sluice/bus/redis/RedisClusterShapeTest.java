package io.sluice.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.Lease;
import io.sluice.bus.Nodes;
import io.sluice.core.telemetry.Metrics;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Everything on a Redis that is a cluster of one node: it refuses whatever touches keys that would stand on different
/// nodes of a bigger one, as a proxy in front of that would.
class RedisClusterShapeTest extends RedisContracts {
    private static final int HALF = 8192;

    private static RedisProcess redis;
    private static TwoNodes nodes;

    @BeforeAll
    static void start() {
        redis = clusterNode(0);
        nodes = TwoNodes.on(redis.uri());
    }

    @AfterAll
    static void stop() {
        nodes.close();
        redis.close();
    }

    private static RedisProcess clusterNode(int missingSlots) {
        RedisProcess node = RedisProcess.startForCluster();
        node.takeSlots(missingSlots);
        await().until(() -> node.ask("CLUSTER", "INFO").contains("cluster_state:ok"));
        return node;
    }

    @Test
    void oneNodeOfManyIsNotWorkedWithAndHealthSaysWhy() {
        try (RedisProcess some = RedisProcess.startForCluster();
                RedisProcess rest = RedisProcess.startForCluster()) {
            some.takeSlots(HALF);
            some.ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(rest.port()));
            rest.ask(slotsBelow(HALF));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> some.ask("CLUSTER", "INFO").contains("cluster_state:ok"));

            try (Bus bus = TwoNodes.open("lost", some.uri(), TwoNodes.PATIENT, Metrics.unread())) {
                await().untilAsserted(() ->
                        assertThat(bus.health().status().toString()).contains("proxy"));
                assertThat(bus.health().isUp()).isFalse();
            }
        }
    }

    private static String[] slotsBelow(int end) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(0, end).mapToObj(Integer::toString).forEach(command::add);
        return command.toArray(String[]::new);
    }

    @Test
    void leasesOfKeysThatStandApartAreRenewedAllTheSame() {
        List<Lease> leases =
                IntStream.range(0, 300)
                        .mapToObj(i -> new Lease(Nodes.name("apart"), "m" + i % 3))
                        .toList();
        nodes.here().leases().take(new Lease(leases.getLast().key(), "other"), Duration.ofHours(1));

        List<Lease> full = nodes.here().leases().renew(leases, Duration.ofHours(1), 1);

        assertThat(full).containsExactly(leases.getLast());
        assertThat(nodes.there().leases().living(leases.getFirst().key())).hasSize(1);
    }

    @Override
    TwoNodes onRedis() {
        return nodes;
    }
}
