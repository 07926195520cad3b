package io.sluice.edge.filter.limit;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Range;
import io.sluice.core.config.Unsupported;
import org.jspecify.annotations.Nullable;

/// The part of a rule in `router.rules` that says how much each client may ask of it.
@Unsupported(
        keys = {"rateLimitExpiration"},
        why = "a bucket is let go by itself once it is full again")
@Unsupported(
        keys = {"rateLimitStorage"},
        why = "buckets are kept in the memory of each node")
public record RateLimitRule(
        @Doc(
                        "Requests per second and client address, or {requestsPerSecond, burst}; 0 for no limit.")
                @Nullable RateLimit rateLimit,
        @Doc("Requests of one client that may come at once; the rate when 0.")
                @Default("0")
                @Range(min = 0, max = 1e9)
                int rateLimitBurst,
        @Doc(
                        "Requests per second and authenticated subject, or {requestsPerSecond, burst}; 0 for no limit.")
                @Nullable RateLimit identityRateLimit) {

    /// The limit per client address, or null when there is none.
    public @Nullable RateLimit perAddress() {
        if (rateLimit == null || !rateLimit.limits()) {
            return null;
        }
        return rateLimitBurst > 0
                ? new RateLimit(rateLimit.requestsPerSecond(), rateLimitBurst)
                : rateLimit;
    }

    /// The limit per subject, or null when there is none.
    public @Nullable RateLimit perIdentity() {
        return identityRateLimit == null || !identityRateLimit.limits() ? null : identityRateLimit;
    }
}
