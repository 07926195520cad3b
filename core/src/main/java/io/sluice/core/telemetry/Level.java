package io.sluice.core.telemetry;

import io.prometheus.metrics.core.datapoints.GaugeDataPoint;

/// One number that goes up and down. Any thread, no locks.
public final class Level {
    private final GaugeDataPoint point;

    Level(GaugeDataPoint point) {
        this.point = point;
    }

    public void inc() {
        point.inc();
    }

    public void dec() {
        point.dec();
    }

    public void set(double value) {
        point.set(value);
    }

    public double value() {
        return point.get();
    }
}
