package io.sluice.app.wiring;

import io.sluice.core.telemetry.Metrics;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.limit.RateLimit;
import io.sluice.edge.filter.limit.RateLimitFilter;
import io.sluice.edge.filter.limit.RateLimitRule;
import io.sluice.edge.filter.limit.TokenBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The rate limits of all routes. Buckets go on across a reload that leaves the limit of a route as it is, so that a
/// reload gives nobody new tokens.
final class RateLimits {
    private final Metrics metrics;
    private final Map<String, TokenBuckets> buckets = new ConcurrentHashMap<>();

    RateLimits(Metrics metrics) {
        this.metrics = metrics;
    }

    List<Filter> filters(String routeId, RateLimitRule rule) {
        List<Filter> filters = new ArrayList<>(2);
        add(filters, routeId, RateLimitFilter.Key.ADDRESS, rule.perAddress());
        add(filters, routeId, RateLimitFilter.Key.IDENTITY, rule.perIdentity());
        return filters;
    }

    private void add(
            List<Filter> filters,
            String routeId,
            RateLimitFilter.Key key,
            @Nullable RateLimit limit) {
        String name = key.label() + ' ' + routeId;
        if (limit == null) {
            buckets.remove(name);
            return;
        }
        TokenBuckets kept =
                buckets.compute(
                        name,
                        (_, old) ->
                                old != null && old.limit().equals(limit)
                                        ? old
                                        : new TokenBuckets(limit, TokenBuckets.MAX_KEYS));
        filters.add(RateLimitFilter.of(key, kept, metrics, routeId));
    }
}
