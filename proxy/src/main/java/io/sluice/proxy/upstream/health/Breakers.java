package io.sluice.proxy.upstream.health;

import io.sluice.core.life.Staged;
import io.sluice.core.time.Ticker;
import io.sluice.proxy.upstream.Breaker;
import java.util.Map;
import java.util.TreeMap;

/// The circuit breakers of the process. Outlives reloads: a breaker goes on as it is while its settings do. What [#of]
/// prepares is shown by [#all] once it is committed. Any thread, not a loop.
public final class Breakers {
    private final Ticker ticker;
    private final Staged<CircuitBreaker> breakers = new Staged<>();

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
        return breakers.of(
                name, old -> old.config().equals(config), () -> new CircuitBreaker(config, ticker));
    }

    /// What was prepared is in force from now on.
    public void commit() {
        breakers.commit();
    }

    /// What was prepared is not going to be used.
    public void abandon() {
        breakers.abandon();
    }

    /// All breakers in force by `route:id` or `service:name`, in order of these names.
    public Map<String, CircuitBreaker> all() {
        return new TreeMap<>(breakers.inForce());
    }
}
