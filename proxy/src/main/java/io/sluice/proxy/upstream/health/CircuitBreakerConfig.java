package io.sluice.proxy.upstream.health;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.Map;

/// `gateway.circuitBreaker`.
public record CircuitBreakerConfig(
        @Doc("Whether services that fail are left alone for a while.") @Default("false")
                boolean enabled,
        @Doc("Holds for every service that is not named below.") @Alias("=default")
                BreakerConfig fallback,
        @Doc("By route id; such a route has a breaker of its own.")
                Map<String, BreakerConfig> routes,
        @Doc("By service name; shared by the routes of that service.")
                Map<String, BreakerConfig> services) {

    public static final CircuitBreakerConfig OFF =
            new CircuitBreakerConfig(false, BreakerConfig.DEFAULT, Map.of(), Map.of());

    public CircuitBreakerConfig {
        routes = Map.copyOf(routes);
        services = Map.copyOf(services);
    }
}
