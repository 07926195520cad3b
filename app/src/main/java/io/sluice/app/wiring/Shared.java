package io.sluice.app.wiring;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.app.health.Readiness;
import io.sluice.app.metrics.ProcessStats;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;

/// What every part of one gateway shares. Lives as long as the gateway.
record Shared(Ticker ticker, Metrics metrics, Readiness readiness, ProcessStats process) {

    static Shared create() {
        Ticker ticker = Ticker.system();
        return new Shared(
                ticker,
                new Metrics(new PrometheusRegistry()),
                new Readiness(),
                new ProcessStats(ticker));
    }
}
