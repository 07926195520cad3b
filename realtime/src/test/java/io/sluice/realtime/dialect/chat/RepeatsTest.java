package io.sluice.realtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.bus.node.NodeBus;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.ManualTicker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class RepeatsTest {
    private static final Repeats.Key KEY = new Repeats.Key("r", "alice", "k1");

    private final ManualTicker ticker = new ManualTicker();
    @AutoClose private final Bus bus = NodeBus.open(nothingShared(), ticker, Metrics.unread());
    private final Errands errands = new Errands(bus);
    private final Repeats repeats = new Repeats(bus, errands, ticker, Duration.ofMinutes(5));

    private static BusConfig nothingShared() {
        return Objects.requireNonNull(
                ConfigLoader.of("bus", BusConfig.class)
                        .load(new ConfigInput(List.of(), List.of(), Map.of()))
                        .value());
    }

    private CompletableFuture<Long> begin() {
        assertThat(repeats.ask(KEY, 1)).isInstanceOf(Repeats.New.class);
        return assertBefore();
    }

    private CompletableFuture<Long> assertBefore() {
        Repeats.Known known = repeats.ask(KEY, 2);
        assertThat(known).isInstanceOf(Repeats.Before.class);
        return ((Repeats.Before) known).outcome();
    }

    @Test
    void aNodeThatSharesNothingIsAnsweredAtOnce() {
        assertThat(errands.atOnce()).isTrue();
    }

    @Test
    void aNodeThatSharesNothingKeepsNoKeysInTables() {
        begin();
        assertThat(bus.table().get(KEY.toString())).isEmpty();
    }

    @Test
    void whatIsOnItsWayIsNotKnownToBeTaken() {
        CompletableFuture<Long> outcome = begin();
        assertThat(outcome).isNotDone();
        repeats.taken(KEY, outcome, 1);
        assertThat(assertBefore()).isCompletedWithValue(1L);
    }

    @Test
    void whatFailedMayBeSentAgain() {
        CompletableFuture<Long> outcome = begin();
        repeats.failed(KEY, outcome);
        assertThat(outcome).isCompletedExceptionally();
        begin();
    }

    @Test
    void aKeyIsForgottenAfterItsTime() {
        repeats.taken(KEY, begin(), 1);
        ticker.advance(Duration.ofMinutes(5));
        begin();
    }

    @Test
    void keysWithHalvesOfCharactersAreToldApartOnTheWay() {
        Repeats.Key one = new Repeats.Key("r", "alice", "\ud800");
        Repeats.Key other = new Repeats.Key("r", "alice", "\ud801");
        assertThat(one.toString().getBytes(StandardCharsets.UTF_8))
                .isNotEqualTo(other.toString().getBytes(StandardCharsets.UTF_8));
    }
}
