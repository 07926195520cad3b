package io.sluice.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.BusMetrics;
import io.sluice.core.telemetry.Metrics;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NamesakesTest {
    private static final String SHORT = TwoNodes.PATIENT + ", probeInterval: 100ms";

    @Test
    void anotherNodeOfTheSameNameIsNoticedUntilItLeaves() {
        Metrics metrics = Metrics.unread();
        BusMetrics seen = new BusMetrics(metrics);
        try (RedisProcess redis = RedisProcess.start();
                Bus first = TwoNodes.open("twin", redis.uri(), SHORT, metrics);
                Bus other = TwoNodes.open("other", redis.uri(), SHORT, Metrics.unread())) {
            await().until(() -> first.health().isUp() && other.health().isUp());
            try (Bus second = TwoNodes.open("twin", redis.uri(), SHORT, Metrics.unread())) {
                await().atMost(Duration.ofSeconds(20)).until(() -> seen.namesakes() == 1);
                assertThat(second.health().isUp()).isTrue();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> seen.namesakes() == 0);
        }
    }
}
