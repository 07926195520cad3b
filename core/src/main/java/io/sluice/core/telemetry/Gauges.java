package io.sluice.core.telemetry;

import io.prometheus.metrics.core.metrics.Gauge;

/// Gauges of one name, one for each set of label values. Any thread.
public final class Gauges {
    private final Gauge family;

    Gauges(Gauge family) {
        this.family = family;
    }

    /// The gauge of these label values, the same one each time; to be kept, not looked up per request.
    public Level of(String... labels) {
        return new Level(family.labelValues(labels));
    }

    /// Forgets the gauge of these label values.
    public void remove(String... labels) {
        family.remove(labels);
    }
}
