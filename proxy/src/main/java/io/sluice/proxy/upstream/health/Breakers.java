package io.sluice.proxy.upstream.health;

import io.sluice.core.time.Ticker;
import io.sluice.proxy.upstream.Breaker;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The circuit breakers of the process. Outlives reloads: a breaker goes on as it is while its settings do. Any thread,
/// not a loop.
public final class Breakers {
    private final Ticker ticker;
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    public Breakers(Ticker ticker) {
        this.ticker = ticker;
    }

    /// The breaker for a route to a service: the route's own when its id is configured, else the service's.
    public Breaker of(CircuitBreakerConfig config, String routeId, String service) {
        if (!config.enabled()) {
            return Breaker.none();
        }
        BreakerConfig own = config.routes().get(routeId);
        return own != null
                ? keep("route:" + routeId, own)
                : keep(
                        "service:" + service,
                        config.services().getOrDefault(service, config.fallback()));
    }

    private CircuitBreaker keep(String name, BreakerConfig config) {
        return breakers.compute(
                name,
                (key, old) ->
                        old != null && old.config().equals(config)
                                ? old
                                : new CircuitBreaker(config, ticker));
    }

    /// All breakers by `route:id` or `service:name`, in order of these names.
    public Map<String, CircuitBreaker> all() {
        return new TreeMap<>(breakers);
    }
}
