package io.sluice.app.wiring;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import io.sluice.edge.route.RouteRule;
import io.sluice.proxy.upstream.balance.BalanceConfig;
import java.util.Locale;

/// One of `router.rules`: the keys of every feature that has a say in a route, side by side in one map.
@Unsupported(
        keys = {"grpc", "transcoding"},
        why = "requests are not translated to gRPC yet")
public record RuleConfig(
        @Inline RouteRule route,
        @Doc("Name of the service that gets the requests.") @Alias("service") String serviceName,
        @Inline RuleCall call,
        @Inline BalanceConfig balance,
        @Inline RuleClocks clocks,
        @Inline RuleGuards guards) {

    /// @param position 0-based, for the id of a rule without one
    RouteRow row(int position) {
        return new RouteRow(
                route.idAt(position),
                route.methods(),
                route.hosts(),
                route.path(),
                serviceName,
                balance.loadBalance().name().toLowerCase(Locale.ROOT));
    }
}
