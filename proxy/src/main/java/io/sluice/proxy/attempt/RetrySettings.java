package io.sluice.proxy.attempt;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Range;
import io.sluice.core.config.Unit;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// How often and when to try again; one entry of `gateway.retry`.
public record RetrySettings(
        @Doc("Attempts in all, the first included.") @Default("3") @Range(min = 1, max = 100)
                int maxAttempts,
        @Doc("Pause before the first retry; a plain number is milliseconds.")
                @Default("100")
                @Unit(ChronoUnit.MILLIS)
                Duration initialDelay,
        @Doc("Longest pause; a plain number is milliseconds.")
                @Default("30000")
                @Unit(ChronoUnit.MILLIS)
                Duration maxDelay,
        @Doc("Growth of the pause from one retry to the next.") @Default("2.0") @Range(min = 1)
                double multiplier,
        @Doc(
                        "Part by which a pause is made shorter or longer at random; true for 0.25, false for 0.")
                @Default("0.25")
                Jitter jitter,
        @Doc("Retries per request over a minute; of 100 requests when there are fewer.")
                @Default("0.1")
                @Range(min = 0, max = 1)
                double budgetRatio) {
    public static final RetrySettings DEFAULTS =
            new RetrySettings(
                    3, Duration.ofMillis(100), Duration.ofSeconds(30), 2.0, new Jitter(0.25), 0.1);

    RetryPolicy policy() {
        return new RetryPolicy(true, maxAttempts);
    }

    Backoff backoff() {
        return new Backoff(initialDelay, maxDelay, multiplier, jitter.part());
    }
}
