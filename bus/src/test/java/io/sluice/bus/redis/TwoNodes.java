package io.sluice.bus.redis;

import static io.sluice.bus.Heard.bytes;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.bus.Heard;
import io.sluice.bus.Nodes;
import io.sluice.bus.node.NodeBus;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// Two nodes on one Redis, each with a bus as the configuration opens it.
final class TwoNodes implements Nodes, AutoCloseable {
    /// A machine busy with other tests is no fault of the server.
    static final String PATIENT = ", probeTimeout: 20s, commandTimeout: 20s, connectTimeout: 20s";

    final Metrics hereMetrics = Metrics.unread();
    private final Bus here;
    private final Bus there;

    TwoNodes(URI hereSees, URI thereSees, String more) {
        here = open("a-" + Nodes.name("n"), hereSees, more, hereMetrics);
        there = open("b-" + Nodes.name("n"), thereSees, more, Metrics.unread());
        awaitUp();
    }

    static TwoNodes on(URI redis) {
        return new TwoNodes(redis, redis, PATIENT);
    }

    static Bus open(String node, URI redis, String more, Metrics metrics) {
        String yaml = "bus: {node: '" + node + "', redis: {url: '" + redis + "'" + more + "}}";
        BusConfig config =
                ConfigLoader.of("bus", BusConfig.class).load(ConfigInput.text(yaml)).value();
        return NodeBus.open(
                Objects.requireNonNull(config, () -> "refused: " + yaml), Ticker.system(), metrics);
    }

    void awaitUp() {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> here.health().isUp() && there.health().isUp());
    }

    /// Until both nodes hear on a topic what both send.
    void awaitBothHear(String topic, Heard atHere, Heard atThere, String text) {
        for (Bus bus : List.of(here, there)) {
            String mine = text + " from " + bus.node();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        bus.topics().publish(topic, bytes(mine));
                        return atHere.texts().contains(mine) && atThere.texts().contains(mine);
                    });
        }
    }

    @Override
    public Bus here() {
        return here;
    }

    @Override
    public Bus there() {
        return there;
    }

    @Override
    public void close() {
        here.close();
        there.close();
    }
}
