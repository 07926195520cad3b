package io.sluice.app.metrics;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RefusalListener;
import java.util.EnumMap;
import java.util.Map;

/// Counts input that was refused before it became a request, by reason: malformed heads, limits, slow clients, floods.
public final class RefusalCounts implements RefusalListener {
    private final Map<FailureKind, Count> counts = new EnumMap<>(FailureKind.class);

    public RefusalCounts(Metrics metrics) {
        Counters counters =
                metrics.counters(
                        "gateway_refusals_total",
                        "Input refused before it became a request.",
                        "reason");
        for (FailureKind kind : FailureKind.values()) {
            counts.put(kind, counters.of(kind.label()));
        }
    }

    @Override
    public void refused(Peer peer, Protocol protocol, Failure failure) {
        Count count = counts.get(failure.kind());
        if (count != null) {
            count.inc();
        }
    }
}
