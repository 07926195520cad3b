package io.sluice.proxy.attempt;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.Map;

/// `gateway.retry`. The free retry of a stale connection is made with or without it.
public record RetryConfig(
        @Doc(
                        "Whether requests that may be sent twice are tried again after 502, 503, 504 or a broken call.")
                @Default("false")
                boolean enabled,
        @Doc("Holds for every route and service that is not named below.") @Alias("=default")
                RetrySettings fallback,
        @Doc("By route id; replaces the other entries whole.") Map<String, RetrySettings> routes,
        @Doc("By service name; replaces the default whole.") Map<String, RetrySettings> services) {
    public static final RetryConfig OFF =
            new RetryConfig(false, RetrySettings.DEFAULTS, Map.of(), Map.of());

    public RetryConfig {
        routes = Map.copyOf(routes);
        services = Map.copyOf(services);
    }
}
