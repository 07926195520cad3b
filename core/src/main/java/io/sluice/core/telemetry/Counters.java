package io.sluice.core.telemetry;

import io.prometheus.metrics.core.metrics.Counter;

/// Counters of one name, one for each set of label values. Any thread.
public final class Counters {
    private final Counter family;

    Counters(Counter family) {
        this.family = family;
    }

    /// The counter of these label values, the same one each time; to be kept, not looked up per request.
    public Count of(String... labels) {
        return new Count(family.labelValues(labels));
    }
}
