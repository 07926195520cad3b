package io.sluice.proxy.attempt;

import java.time.Duration;

/// How long to wait before a charged retry.
///
/// @param initial before the first retry
/// @param most upper bound before jitter
/// @param multiplier growth from one retry to the next, at least 1
/// @param jitter share by which the pause is made shorter or longer at random, 0–1
public record Backoff(Duration initial, Duration most, double multiplier, double jitter) {
    public static final Backoff DEFAULTS =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), 2.0, 0.25);

    /// @param retry 1 for the first retry
    /// @param chance evenly spread over [0, 1)
    /// @return nanoseconds, at least 0
    public long nanos(int retry, double chance) {
        double grown = initial.toNanos() * Math.pow(multiplier, retry - 1);
        double bounded = Math.min(grown, (double) most.toNanos());
        return (long) (bounded * (1 + jitter * (2 * chance - 1)));
    }
}
