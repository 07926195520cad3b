package io.sluice.app.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a reload cannot change, since it is set up once at the start.
final class NextStart {
    private NextStart() {}

    /// The sections and keys in which two configurations differ and that take effect at the next start only. The port of
    /// the metrics page is told by [MetricsPlace].
    static List<String> changes(GatewayConfig before, GatewayConfig after) {
        List<String> changes = new ArrayList<>();
        Differences differences =
                (name, part) -> {
                    if (!part.apply(before).equals(part.apply(after))) {
                        changes.add(name);
                    }
                };
        differences.in("listeners", config -> config.everyListener().toList());
        differences.in("loops", config -> config.runtime().loops());
        differences.in("transport", config -> config.runtime().transportOrBest());
        differences.in(
                "backend.http.keepAliveTimeout",
                config -> config.services().backend().http().clocks().keepAliveTimeout());
        differences.in("shutdownTimeout", config -> config.runtime().shutdownTimeout());
        differences.in("preStopDelay", config -> config.runtime().preStopDelay());
        differences.in("drainBatch", config -> config.runtime().drainBatch());
        differences.in("realtime", config -> config.messages().realtime());
        differences.in("bus", config -> config.messages().bus());
        differences.in("demo", config -> config.pages().demo());
        return changes;
    }

    @FunctionalInterface
    private interface Differences {
        void in(String name, Function<GatewayConfig, Object> part);
    }
}
