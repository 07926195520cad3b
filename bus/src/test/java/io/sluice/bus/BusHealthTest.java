package io.sluice.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.BusHealth.State;
import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusHealthTest {
    private final ManualTicker ticker = new ManualTicker();
    private final BusHealth health = new BusHealth(ticker);

    @Test
    void onePartGoneIsDegradedUntilItIsBack() {
        Instant start = health.status().since();
        ticker.advance(Duration.ofSeconds(5));
        health.gone("redis", "no answer");
        ticker.advance(Duration.ofSeconds(5));
        health.gone("kafka", "refused");

        assertThat(health.status().state()).isEqualTo(State.DEGRADED);
        assertThat(health.status().since()).isEqualTo(start.plusSeconds(5));
        assertThat(health.status().why()).isEqualTo("kafka: refused; redis: no answer");

        health.up("redis");
        assertThat(health.isUp()).isFalse();
        health.up("kafka");
        assertThat(health.isUp()).isTrue();
        assertThat(health.status().since()).isEqualTo(start.plusSeconds(10));
        assertThat(health.status().why()).isEmpty();
    }

    @Test
    void watchersHearEachNewStateOnce() {
        List<State> heard = new ArrayList<>();
        Subscription watch = health.watch(status -> heard.add(status.state()));

        health.up("redis");
        health.gone("redis", "a");
        health.gone("redis", "b");
        health.gone("kafka", "c");
        health.up("kafka");
        health.up("redis");
        watch.close();
        health.gone("redis", "d");

        assertThat(heard).containsExactly(State.DEGRADED, State.UP);
    }
}
