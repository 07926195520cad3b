package io.sluice.proxy.upstream.health;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.function.BiConsumer;

/// When a circuit breaker opens and closes. Failures are statuses of 500 and above, missing connections, broken answers
/// and timeouts, each counted once per request after its retries.
public record BreakerConfig(
        @Doc("Failures in a row that open it.") @Default("5") int maxFailures,
        @Doc("Part of the requests of an interval, from 0 to 1, that must fail to open it.")
                @Default("0.5")
                double failureThreshold,
        @Doc("Requests an interval must have before that part counts.") @Default("20")
                int minimumRequests,
        @Doc("How long it stays open before it tries again.") @Default("60") Duration timeout,
        @Doc("Requests that are let through to try; all must succeed to close it.") @Default("1")
                int maxRequests,
        @Doc("After this time the counts start anew.") @Default("60") Duration interval)
        implements Checked {

    public static final BreakerConfig DEFAULT =
            new BreakerConfig(5, 0.5, 20, Duration.ofSeconds(60), 1, Duration.ofSeconds(60));

    @Override
    public void check(BiConsumer<String, String> problem) {
        atLeastOne(problem, "maxFailures", maxFailures);
        atLeastOne(problem, "minimumRequests", minimumRequests);
        atLeastOne(problem, "maxRequests", maxRequests);
        if (!(failureThreshold > 0 && failureThreshold <= 1)) {
            problem.accept(
                    "failureThreshold", failureThreshold + ", expected more than 0 and at most 1");
        }
        if (timeout.isZero()) {
            problem.accept("timeout", "0, expected more than 0 seconds");
        }
        if (interval.isZero()) {
            problem.accept("interval", "0, expected more than 0 seconds");
        }
    }

    private static void atLeastOne(BiConsumer<String, String> problem, String key, int value) {
        if (value < 1) {
            problem.accept(key, value + ", expected at least 1");
        }
    }
}
