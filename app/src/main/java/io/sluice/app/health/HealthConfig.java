package io.sluice.app.health;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Counted;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Unsupported;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// `gateway.health`: the gateway's own health, ready and live pages.
@Unsupported(
        keys = {"healthyThreshold", "unhealthyThreshold"},
        why =
                "checks of instances are set per service, see healthCheck of registry.static.services")
public record HealthConfig(
        @Doc("Whether the health, ready and live pages are served.") @Default("false")
                boolean enabled,
        @Doc("Path of the health page.") @Default("/health") String healthPath,
        @Doc("Path of the ready page, 503 while the gateway drains.") @Default("/ready")
                String readyPath,
        @Doc("Path of the live page.") @Default("/live") String livePath,
        @Doc("What the health page checks, by name.") @Counted(UNNAMED)
                Map<String, CheckConfig> checks,
        @Doc(
                        "Body of the health page: full, or brief for {ok, data: {status}} alone, read with GET and HEAD only and 404 otherwise.")
                @Default("full")
                Format format,
        @Doc("Time between two runs of checks without an interval of their own.") @Default("30")
                Duration interval,
        @Doc("How long a run of checks without a timeout of their own may take.") @Default("5")
                Duration timeout)
        implements Checked {

    private static final String UNNAMED = "check";

    /// How much the health page says.
    public enum Format {
        FULL,
        BRIEF
    }

    /// Whether this is the name of a check that has none of its own.
    public static boolean unnamed(String check) {
        return check.matches(UNNAMED + "-[0-9]+");
    }

    public HealthConfig {
        Map<String, CheckConfig> complete = new HashMap<>();
        for (Map.Entry<String, CheckConfig> check : checks.entrySet()) {
            complete.put(check.getKey(), check.getValue().within(interval, timeout));
        }
        checks = Map.copyOf(complete);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!interval.isPositive()) {
            problem.accept("interval", interval + ", expected more than 0 seconds");
        }
        if (!timeout.isPositive()) {
            problem.accept("timeout", timeout + ", expected more than 0 seconds");
        }
        for (var path :
                List.of(
                        Map.entry("healthPath", healthPath),
                        Map.entry("readyPath", readyPath),
                        Map.entry("livePath", livePath))) {
            if (!path.getValue().startsWith("/")) {
                problem.accept(
                        path.getKey(),
                        "'" + path.getValue() + "', expected a path such as /health");
            }
        }
    }
}
