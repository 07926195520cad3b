package io.sluice.app.wiring;

import io.sluice.core.config.Complaint;
import io.sluice.core.config.Loaded;
import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Metrics;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration again and puts it in force, or says why not and leaves the old one. One at a time.
final class Reloads {
    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    private final ConfigOrigin origin;
    private final Consumer<GatewayConfig> apply;
    private final Count taken;
    private final Count refused;

    /// @param apply puts a configuration in force whole, or throws and changes nothing
    Reloads(ConfigOrigin origin, Metrics metrics, Consumer<GatewayConfig> apply) {
        this.origin = origin;
        this.apply = apply;
        Counters counters =
                metrics.counters(
                        "gateway_config_reloads_total",
                        "Configurations read again while running.",
                        "result");
        this.taken = counters.of("success");
        this.refused = counters.of("failure");
    }

    /// Whether the new configuration is in force.
    synchronized boolean reload() {
        Loaded<GatewayConfig> loaded = read();
        boolean inForce = loaded != null && take(loaded);
        (inForce ? taken : refused).inc();
        return inForce;
    }

    private @Nullable Loaded<GatewayConfig> read() {
        try {
            return origin.read();
        } catch (RuntimeException failed) {
            LOG.atError()
                    .addKeyValue("cause", String.valueOf(failed))
                    .log("The configuration cannot be read, the old one stays in force");
            return null;
        }
    }

    private boolean take(Loaded<GatewayConfig> loaded) {
        report(loaded);
        GatewayConfig next = loaded.value();
        if (next == null) {
            LOG.atError().log("The changed configuration is refused, the old one stays in force");
            return false;
        }
        try {
            apply.accept(next);
        } catch (RuntimeException failed) {
            LOG.atError()
                    .addKeyValue("cause", String.valueOf(failed.getMessage()))
                    .log("The changed configuration cannot be applied, the old one stays in force");
            return false;
        }
        LOG.atInfo()
                .addKeyValue("routes", next.router().rules().size())
                .log("The changed configuration is in force");
        return true;
    }

    /// One line for each complaint.
    static void report(Loaded<GatewayConfig> loaded) {
        for (Complaint complaint : loaded.complaints()) {
            switch (complaint.severity()) {
                case ERROR -> LOG.atError().log("{}", complaint);
                case WARNING -> LOG.atWarn().log("{}", complaint);
            }
        }
    }
}
