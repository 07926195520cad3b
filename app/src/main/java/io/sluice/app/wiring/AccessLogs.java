package io.sluice.app.wiring;

import io.sluice.core.telemetry.Metrics;
import io.sluice.core.telemetry.Redaction;
import io.sluice.edge.filter.access.AccessLog;
import io.sluice.edge.filter.access.AccessLogConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The access logs opened so far, by their configuration. A reload that leaves the section as it is keeps the log; one
/// that changes it opens another, and the old one stays open for requests under way until the gateway ends.
final class AccessLogs implements AutoCloseable {
    private final int loops;
    private final Metrics metrics;
    private final Map<AccessLogConfig, Open> open = new HashMap<>();

    private record Open(AccessLog log, OutputStream out) {}

    AccessLogs(int loops, Metrics metrics) {
        this.loops = loops;
        this.metrics = metrics;
    }

    /// The log of this section; null when it is off.
    ///
    /// @throws UncheckedIOException when its file cannot be opened
    synchronized @Nullable AccessLog of(AccessLogConfig config) {
        return config.enabled() ? open.computeIfAbsent(config, this::open).log : null;
    }

    private Open open(AccessLogConfig config) {
        try {
            OutputStream out = AccessLog.open(config);
            Redaction redaction = new Redaction(config.secretParameters());
            return new Open(new AccessLog(out, redaction, loops, metrics), out);
        } catch (IOException unusable) {
            throw new UncheckedIOException(
                    "accessLog.target: cannot write to " + config.target(), unusable);
        }
    }

    /// Writes what is left. While the loops still run.
    @Override
    public synchronized void close() throws IOException {
        for (Map.Entry<AccessLogConfig, Open> entry : open.entrySet()) {
            entry.getValue().log.close();
            if (!entry.getKey().target().equals(AccessLogConfig.STDOUT)) {
                entry.getValue().out.close();
            }
        }
        open.clear();
    }
}
