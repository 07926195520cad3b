package io.sluice.edge.filter.limit;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.FromScalar;
import io.sluice.core.config.Range;

/// How many requests a client may make.
public record RateLimit(
        @Doc("Requests per second; 0 for no limit.") @Range(min = 0, max = 1e9)
                double requestsPerSecond,
        @Doc("Requests that may come at once; the rate, but at least 1, when 0.")
                @Default("0")
                @Range(min = 0, max = 1e9)
                int burst) {

    /// `rateLimit: 10`.
    @FromScalar
    public static RateLimit of(double requestsPerSecond) {
        return new RateLimit(requestsPerSecond, 0);
    }

    public boolean limits() {
        return requestsPerSecond > 0;
    }

    /// Tokens of a full bucket, at least 1.
    public int capacity() {
        return burst > 0 ? burst : (int) Math.max(1, Math.floor(requestsPerSecond));
    }
}
