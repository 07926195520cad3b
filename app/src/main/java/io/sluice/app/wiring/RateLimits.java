package io.sluice.app.wiring;

import io.sluice.core.life.Staged;
import io.sluice.core.telemetry.Metrics;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.limit.RateLimit;
import io.sluice.edge.filter.limit.RateLimitFilter;
import io.sluice.edge.filter.limit.RateLimitRule;
import io.sluice.edge.filter.limit.TokenBuckets;
import io.sluice.net.http.ClientNetwork;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rate limits of all routes. Buckets go on across a reload that leaves the limit of a route as it is, so that a
/// reload gives nobody new tokens.
final class RateLimits {
    private final Metrics metrics;
    private final Staged<TokenBuckets> buckets = new Staged<>();

    RateLimits(Metrics metrics) {
        this.metrics = metrics;
    }

    List<Filter> filters(String routeId, RateLimitRule rule) {
        List<Filter> filters = new ArrayList<>(2);
        add(filters, routeId, RateLimitFilter.Key.ADDRESS, rule.perAddress(), rule.clients());
        add(filters, routeId, RateLimitFilter.Key.IDENTITY, rule.perIdentity(), rule.clients());
        return filters;
    }

    /// What was prepared is in force from now on.
    void commit() {
        buckets.commit();
    }

    /// What was prepared is not going to be used.
    void abandon() {
        buckets.abandon();
    }

    private void add(
            List<Filter> filters,
            String routeId,
            RateLimitFilter.Key key,
            @Nullable RateLimit limit,
            ClientNetwork clients) {
        String name = key.label() + ' ' + routeId;
        if (limit == null) {
            return;
        }
        TokenBuckets kept =
                buckets.of(
                        name,
                        old -> old.limit().equals(limit),
                        () -> new TokenBuckets(limit, TokenBuckets.MAX_KEYS));
        filters.add(RateLimitFilter.of(key, kept, clients, metrics, routeId));
    }
}
