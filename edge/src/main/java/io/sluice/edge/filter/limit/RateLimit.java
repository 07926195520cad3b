package io.sluice.edge.filter.limit;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.FromScalar;
import io.sluice.core.config.Range;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// How many requests a client may make.
public record RateLimit(
        @Doc("Requests per second; 0 for no limit.") @Range(min = 0, max = 1e9)
                double requestsPerSecond,
        @Doc("Requests that may come at once; the rate, but at least 1, when 0.")
                @Default("0")
                @Range(min = 0, max = 1e9)
                int burst)
        implements Checked {
    /// About thirty years, so that times in nanoseconds never overflow.
    private static final double SLOWEST_SECONDS = 1e9;

    /// `rateLimit: 10`.
    @FromScalar
    public static RateLimit of(double requestsPerSecond) {
        return new RateLimit(requestsPerSecond, 0);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        String why = problem();
        if (why != null) {
            problem.accept("", why);
        }
    }

    /// What keeps buckets from being made for this limit, or null.
    @Nullable String problem() {
        return limits() && capacity() / requestsPerSecond > SLOWEST_SECONDS
                ? capacity()
                        + " requests at "
                        + requestsPerSecond
                        + " a second would take longer than 30 years to come back, expected a higher rate or a smaller burst"
                : null;
    }

    public boolean limits() {
        return requestsPerSecond > 0;
    }

    /// Tokens of a full bucket, at least 1.
    public int capacity() {
        return burst > 0 ? burst : (int) Math.max(1, Math.floor(requestsPerSecond));
    }
}
