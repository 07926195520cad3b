package io.sluice.app.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Gauges;
import io.sluice.core.telemetry.Level;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.ws.WsEnd;
import io.sluice.net.ws.WsWatch;
import io.sluice.realtime.hub.HubListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// What connections and channels count. Any thread.
public final class RealtimeCounts implements HubListener, WsWatch {
    private final Gauges connections;
    private final Counters closes;
    private final Counters handshakes;
    private final Count published;
    private final Count delivered;
    private final Count dropped;
    private final Count unreadable;
    private final Count gaps;
    private final Count historiesDropped;
    private final Count accepted;
    private final Map<FailureKind, Count> refused = new EnumMap<>(FailureKind.class);
    private final ConcurrentMap<String, FaceCounts> faces = new ConcurrentHashMap<>();

    private record FaceCounts(Level open, Count byClient, Map<FailureKind, Count> closes) {}

    public RealtimeCounts(Metrics metrics) {
        connections = metrics.gauges("gateway_realtime_connections", "Open connections.", "face");
        closes =
                metrics.counters(
                        "gateway_realtime_closes_total",
                        "Connections that ended, by reason; client when it did it itself.",
                        "face",
                        "reason");
        handshakes =
                metrics.counters(
                        "gateway_websocket_handshakes_total",
                        "WebSocket handshakes, by outcome.",
                        "outcome");
        Counters messages =
                metrics.counters(
                        "gateway_realtime_messages_total",
                        "Messages, by what became of them.",
                        "event");
        published = messages.of("published");
        delivered = messages.of("delivered");
        dropped = messages.of("dropped");
        unreadable = messages.of("unreadable");
        gaps = messages.of("gap");
        historiesDropped =
                metrics.counters(
                                "gateway_realtime_histories_dropped_total",
                                "Histories that ended early, as all together took too much.")
                        .of();
        accepted = handshakes.of("accepted");
        for (FailureKind kind : FailureKind.values()) {
            refused.put(kind, handshakes.of(kind.label()));
        }
    }

    /// Shows what a hub keeps, whenever somebody looks. Once.
    public void keep(Metrics metrics, DoubleSupplier historyBytes) {
        GaugeWithCallback.builder()
                .name("gateway_realtime_history_bytes")
                .help("Bytes of all histories in this process, about.")
                .callback(callback -> callback.call(historyBytes.getAsDouble()))
                .register(metrics.registry());
    }

    private FaceCounts face(String id) {
        FaceCounts known = faces.get(id);
        return known != null ? known : faces.computeIfAbsent(id, this::make);
    }

    private FaceCounts make(String id) {
        Map<FailureKind, Count> byKind = new EnumMap<>(FailureKind.class);
        for (FailureKind kind : FailureKind.values()) {
            byKind.put(kind, closes.of(id, kind.label()));
        }
        return new FaceCounts(connections.of(id), closes.of(id, "client"), byKind);
    }

    @Override
    public void opened(String face) {
        face(face).open.inc();
    }

    @Override
    public void closed(String face, @Nullable FailureKind why) {
        FaceCounts counts = face(face);
        counts.open.dec();
        Count byKind = why == null ? null : counts.closes.get(why);
        (byKind == null ? counts.byClient : byKind).inc();
    }

    @Override
    public void published() {
        published.inc();
    }

    @Override
    public void delivered(int members) {
        delivered.add(members);
    }

    @Override
    public void dropped(int members) {
        dropped.add(members);
    }

    @Override
    public void unreadable() {
        unreadable.inc();
    }

    @Override
    public void gap() {
        gaps.inc();
    }

    @Override
    public void historyDropped() {
        historiesDropped.inc();
    }

    @Override
    public void opened() {
        accepted.inc();
    }

    @Override
    public void refused(Failure why) {
        Count count = refused.get(why.kind());
        if (count != null) {
            count.inc();
        }
    }

    /// Told per face by the hub.
    @Override
    public void closed(WsEnd end, @Nullable FailureKind why) {}
}
