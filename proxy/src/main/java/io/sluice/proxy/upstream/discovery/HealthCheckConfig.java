package io.sluice.proxy.upstream.discovery;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `healthCheck` of a service.
public record HealthCheckConfig(
        @Doc("Whether instances are asked.") @Default("true") boolean enabled,
        @Doc("http asks for a path, tcp only connects.") @Default("http") Type type,
        @Doc("Path and query to GET.") @Default("/health") String path,
        @Doc("Host to send; the instance's address when not set.") @Nullable String host,
        @Doc("Statuses that are well; 200 to 399 when not set.") List<Integer> expectedStatus,
        @Doc("When, and how often before it counts.") @Inline Pace pace)
        implements Checked {

    /// Ways to check.
    public enum Type {
        HTTP,
        TCP
    }

    /// The keys that say when to ask and when to believe.
    public record Pace(
            @Doc("Time between two checks of a healthy instance.") @Default("30") Duration interval,
            @Doc("Time between two checks while one fails.") @Default("5")
                    Duration unhealthyInterval,
            @Doc("A check that takes longer has failed.") @Default("5") Duration timeout,
            @Doc("Checks that must pass in a row before an unhealthy instance is called again.")
                    @Default("2")
                    int healthyThreshold,
            @Doc("Checks that must fail in a row before a healthy instance is called no more.")
                    @Default("3")
                    int unhealthyThreshold) {}

    public HealthCheckConfig {
        expectedStatus = List.copyOf(expectedStatus);
    }

    /// Whether an answer with this status is well.
    public boolean well(int status) {
        return expectedStatus.isEmpty()
                ? status >= 200 && status < 400
                : expectedStatus.contains(status);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!path.startsWith("/")) {
            problem.accept("path", "'" + path + "', expected a path such as /health");
        }
        for (int status : expectedStatus) {
            if (status < 100 || status > 599) {
                problem.accept("expectedStatus", status + ", expected 100 to 599");
            }
        }
        positive(problem, "interval", pace.interval());
        positive(problem, "unhealthyInterval", pace.unhealthyInterval());
        positive(problem, "timeout", pace.timeout());
        if (pace.healthyThreshold() < 1) {
            problem.accept("healthyThreshold", pace.healthyThreshold() + ", expected at least 1");
        }
        if (pace.unhealthyThreshold() < 1) {
            problem.accept(
                    "unhealthyThreshold", pace.unhealthyThreshold() + ", expected at least 1");
        }
    }

    private static void positive(BiConsumer<String, String> problem, String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            problem.accept(key, value + ", expected more than 0 seconds");
        }
    }
}
