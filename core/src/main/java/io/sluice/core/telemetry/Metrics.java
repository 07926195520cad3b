package io.sluice.core.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The meters of one process, by name. Asking for a name again gives the same family, so that what is built anew at a
/// reload goes on counting. Any thread. Families and their series are looked up while building, never per request.
public final class Metrics {
    private final PrometheusRegistry registry;
    private final Map<String, Counters> counters = new ConcurrentHashMap<>();
    private final Map<String, Gauges> gauges = new ConcurrentHashMap<>();
    private final Map<String, Histograms> histograms = new ConcurrentHashMap<>();

    public Metrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /// Meters that nobody reads, for tests and for features used alone.
    public static Metrics unread() {
        return new Metrics(new PrometheusRegistry());
    }

    public PrometheusRegistry registry() {
        return registry;
    }

    /// @param name with its `_total`
    /// @param labels names of the labels; their values must be bounded in number
    public Counters counters(String name, String help, String... labels) {
        return counters.computeIfAbsent(
                name,
                _ ->
                        new Counters(
                                Counter.builder()
                                        .name(name)
                                        .help(help)
                                        .labelNames(labels)
                                        .withoutExemplars()
                                        .register(registry)));
    }

    public Gauges gauges(String name, String help, String... labels) {
        return gauges.computeIfAbsent(
                name,
                _ ->
                        new Gauges(
                                Gauge.builder()
                                        .name(name)
                                        .help(help)
                                        .labelNames(labels)
                                        .withoutExemplars()
                                        .register(registry)));
    }

    /// @param bounds upper bounds of the buckets, ascending, in the unit the name says
    public Histograms histograms(String name, String help, List<Double> bounds, String... labels) {
        return histograms.computeIfAbsent(
                name,
                _ ->
                        new Histograms(
                                Histogram.builder()
                                        .name(name)
                                        .help(help)
                                        .labelNames(labels)
                                        .classicOnly()
                                        .classicUpperBounds(
                                                bounds.stream()
                                                        .mapToDouble(Double::doubleValue)
                                                        .toArray())
                                        .withoutExemplars()
                                        .register(registry)));
    }
}
