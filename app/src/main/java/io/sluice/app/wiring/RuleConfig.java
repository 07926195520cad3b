package io.sluice.app.wiring;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import io.sluice.edge.route.RouteRule;
import io.sluice.proxy.upstream.balance.BalanceConfig;
import io.sluice.proxy.upstream.balance.Strategy;
import java.util.Locale;

/// One of `router.rules`: the keys of every feature that has a say in a route, side by side in one map.
@Unsupported(
        keys = {"grpc", "transcoding"},
        why = "requests are not translated to gRPC yet")
public record RuleConfig(
        @Inline RouteRule route,
        @Doc(
                        "Name of the service that gets the requests; _internal leaves the path to the gateway's own page.")
                @Alias("service")
                String serviceName,
        @Inline RuleCall call,
        @Inline BalanceConfig balance,
        @Inline RuleClocks clocks,
        @Inline RuleGuards guards) {

    /// What stands for a service where a rule means the gateway's own page at its path.
    private static final String OWN_PAGES = "_internal";

    /// Whether the rule leaves its path to the gateway's own pages.
    boolean internal() {
        return serviceName.equals(OWN_PAGES);
    }

    /// Whether the gateway's own page at this path is not served because of this rule.
    boolean displaces(String page) {
        return !internal() && route.path().equals(page) && route.hosts().isEmpty();
    }

    /// @param position 0-based, for the id of a rule without one
    /// @param standard where the rule says nothing
    RouteRow row(int position, Strategy standard) {
        Strategy own = balance.loadBalance();
        Strategy chosen = own == null ? standard : own;
        return new RouteRow(
                route.idAt(position),
                route.methods(),
                route.hosts(),
                route.path(),
                serviceName,
                chosen.name().toLowerCase(Locale.ROOT));
    }
}
