package io.sluice.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.bus.KafkaConfig;
import io.sluice.bus.RedisConfig;
import io.sluice.bus.node.NodeBus;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Presence over the bus a gateway opens when nothing is shared.
final class LonePresenceTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Overheard heard = new Overheard();

    @AutoClose private final Bus bus = NodeBus.open(nothingShared(), ticker, Metrics.unread());

    @AutoClose
    private final Presence presence = Presence.start(bus, ticker, PresenceConfig.DEFAULT, heard);

    private static BusConfig nothingShared() {
        Duration any = Duration.ofSeconds(1);
        RedisConfig.Limits limits = new RedisConfig.Limits(any, any, any, any, any, 1);
        return new BusConfig(
                "lone",
                new RedisConfig(null, null, 6379, null, null, List.of(), false, limits),
                new KafkaConfig(
                        List.of(),
                        "",
                        new KafkaConfig.Consumer(any, any, any, any),
                        new KafkaConfig.Producer(any, any, any, 1),
                        Map.of()),
                BusConfig.LogStore.LOCAL);
    }

    @Test
    void aLoneNodeStoresNothingAndHasToldOnReturn() {
        presence.enter(presence.connect("alice"), "r", null);

        assertThat(heard.said()).containsExactly("r alice online CAME");
        assertThat(presence.in("r")).containsOnlyKeys("alice");
        assertThat(bus.leases().living("presence:users")).isEmpty();
        assertThat(bus.table().get("presence:room:r")).isEmpty();
    }
}
