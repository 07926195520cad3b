package io.sluice.core.telemetry;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;

/// How often values of each size were seen. Any thread, no locks.
public final class Distribution {
    private final DistributionDataPoint point;

    Distribution(DistributionDataPoint point) {
        this.point = point;
    }

    public void observe(double value) {
        point.observe(value);
    }
}
