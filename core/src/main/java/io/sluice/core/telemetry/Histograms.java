package io.sluice.core.telemetry;

import io.prometheus.metrics.core.metrics.Histogram;

/// Histograms of one name, one for each set of label values. Any thread.
public final class Histograms {
    private final Histogram family;

    Histograms(Histogram family) {
        this.family = family;
    }

    /// The histogram of these label values, the same one each time; to be kept, not looked up per request.
    public Distribution of(String... labels) {
        return new Distribution(family.labelValues(labels));
    }
}
