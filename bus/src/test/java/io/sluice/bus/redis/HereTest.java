package io.sluice.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.BusMetrics;
import io.sluice.bus.Listeners;
import io.sluice.bus.Position;
import io.sluice.bus.Retention;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HereTest {
    private final BusMetrics metrics = new BusMetrics(Metrics.unread());
    private final Here here =
            new Here(
                    new Listeners<>(Listeners.plain(), _ -> {}, metrics),
                    new Listeners<>(Listeners.numbered(), _ -> {}, metrics),
                    new Echoes(),
                    new Envelope("node"),
                    Ticker.system());

    @Test
    void theNumbersOfTooManyNamesBeginAnewInAnotherEpoch() {
        Position first = unkept("first");
        for (int i = 1; i < Here.MOST_NAMES; i++) {
            unkept("name" + i);
        }
        Position second = unkept("first");
        assertThat(second).isEqualTo(new Position(first.epoch(), 2));

        Position beyond = unkept("one too many");
        assertThat(beyond.epoch()).isNotEqualTo(first.epoch());
        assertThat(unkept("first")).isEqualTo(new Position(beyond.epoch(), 1));
        assertThat(unkept("one too many")).isEqualTo(new Position(beyond.epoch(), 2));
    }

    private Position unkept(String name) {
        CompletableFuture<Position> place = new CompletableFuture<>();
        here.unkept(new Outgoing.Counted(name, new byte[0], Retention.STANDARD, 1, place));
        return place.join();
    }
}
