package io.sluice.edge.filter.limit;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Range;
import io.sluice.core.config.Unsupported;
import io.sluice.net.http.ClientNetwork;
import java.util.function.BiConsumer;
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
                @Nullable RateLimit identityRateLimit,
        @Doc(
                        "Leading bits of an IPv6 address that count as one client for rateLimit; 128 for each address by itself.")
                @Default("64")
                @Range(min = 1, max = 128)
                int rateLimitIpv6Prefix)
        implements Checked {

    @Override
    public void check(BiConsumer<String, String> problem) {
        RateLimit limit = perAddress();
        String why = rateLimitBurst > 0 && limit != null ? limit.problem() : null;
        if (why != null) {
            problem.accept("rateLimitBurst", why);
        }
    }

    /// Which addresses are one client.
    public ClientNetwork clients() {
        return new ClientNetwork(rateLimitIpv6Prefix);
    }

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
