package io.sluice.app.metrics;

import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.tls.HandshakeFailure;
import io.sluice.net.tls.HandshakeListener;
import java.util.EnumMap;
import java.util.Map;

/// Counts TLS handshakes with clients that failed, by reason.
public final class HandshakeCounts implements HandshakeListener {
    private final Map<HandshakeFailure, Count> counts = new EnumMap<>(HandshakeFailure.class);

    public HandshakeCounts(Metrics metrics) {
        Counters counters =
                metrics.counters(
                        "gateway_tls_handshake_failures_total",
                        "TLS handshakes with clients that failed.",
                        "reason");
        for (HandshakeFailure reason : HandshakeFailure.values()) {
            counts.put(reason, counters.of(reason.label()));
        }
    }

    @Override
    public void failed(HandshakeFailure reason) {
        Count count = counts.get(reason);
        if (count != null) {
            count.inc();
        }
    }
}
