package io.sluice.core.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;

/// One number that only grows. Any thread, no locks.
public final class Count {
    private final CounterDataPoint point;

    Count(CounterDataPoint point) {
        this.point = point;
    }

    public void inc() {
        point.inc();
    }

    public void add(long amount) {
        point.inc(amount);
    }

    public long value() {
        return point.getLongValue();
    }
}
