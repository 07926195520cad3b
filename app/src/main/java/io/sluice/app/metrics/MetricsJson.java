package io.sluice.app.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sluice.core.time.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/// The metrics as one JSON object: the flat fields readers of the Socket.IO gateway know, and under `metrics` every
/// series by name.
public final class MetricsJson {
    private final IntSupplier connections;
    private final IntSupplier users;
    private final ProcessStats process;
    private final Ticker ticker;

    /// @param connections open client connections
    /// @param users distinct users with a live connection
    public MetricsJson(
            IntSupplier connections, IntSupplier users, ProcessStats process, Ticker ticker) {
        this.connections = connections;
        this.users = users;
        this.process = process;
        this.ticker = ticker;
    }

    /// Times in seconds, memory in bytes.
    public Map<String, Object> of(MetricSnapshots snapshots) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("totalConnections", connections.getAsInt());
        body.put("totalUsers", users.getAsInt());
        body.put("uptime", process.uptimeSeconds());
        body.put("memory", memory());
        body.put("timestamp", ticker.now().toString());
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (MetricSnapshot snapshot : snapshots) {
            metrics.put(snapshot.getMetadata().getPrometheusName(), metric(snapshot));
        }
        body.put("metrics", metrics);
        return body;
    }

    private Map<String, Object> memory() {
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("rss", process.residentBytes());
        memory.put("heapTotal", process.heapCommittedBytes());
        memory.put("heapUsed", process.heapUsedBytes());
        memory.put("external", process.directBytes());
        return memory;
    }

    private static Map<String, Object> metric(MetricSnapshot snapshot) {
        List<Object> samples = new ArrayList<>();
        for (DataPointSnapshot point : snapshot.getDataPoints()) {
            Map<String, Object> sample = new LinkedHashMap<>();
            sample.put("labels", labels(point.getLabels()));
            addValue(sample, point);
            samples.add(sample);
        }
        Map<String, Object> metric = new LinkedHashMap<>();
        String help = snapshot.getMetadata().getHelp();
        metric.put("help", help == null ? "" : help);
        metric.put("samples", samples);
        return metric;
    }

    private static void addValue(Map<String, Object> sample, DataPointSnapshot point) {
        switch (point) {
            case CounterDataPointSnapshot counter -> sample.put("value", counter.getValue());
            case GaugeDataPointSnapshot gauge -> sample.put("value", number(gauge.getValue()));
            case HistogramDataPointSnapshot histogram -> addHistogram(sample, histogram);
            default -> sample.put("value", 1);
        }
    }

    private static void addHistogram(
            Map<String, Object> sample, HistogramDataPointSnapshot histogram) {
        Map<String, Object> counts = new LinkedHashMap<>();
        ClassicHistogramBuckets buckets = histogram.getClassicBuckets();
        long total = 0;
        for (int i = 0; i < buckets.size(); i++) {
            total += buckets.getCount(i);
            double bound = buckets.getUpperBound(i);
            counts.put(Double.isInfinite(bound) ? "+Inf" : Double.toString(bound), total);
        }
        sample.put("count", total);
        sample.put("sum", histogram.getSum());
        sample.put("buckets", counts);
    }

    private static Map<String, Object> labels(Labels labels) {
        Map<String, Object> map = new LinkedHashMap<>();
        labels.forEach(label -> map.put(label.getName(), label.getValue()));
        return map;
    }

    /// JSON has no NaN and no infinity.
    private static Object number(double value) {
        return Double.isFinite(value) ? (Object) value : Double.toString(value);
    }
}
