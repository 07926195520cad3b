package io.sluice.app.wiring;

import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.auth.AuthGate;
import io.sluice.edge.filter.auth.AuthRuleConfig;
import io.sluice.edge.filter.limit.BodyLimitFilter;
import io.sluice.edge.filter.transform.IdentityFilter;
import io.sluice.edge.filter.transform.TargetFilter;
import java.util.ArrayList;
import java.util.List;

/// The filters of each rule of one configuration.
final class RouteFilters {
    private final GatewayConfig config;
    private final AuthGate gate;
    private final RateLimits limits;
    private final ExtraFilters extra;

    RouteFilters(GatewayConfig config, AuthGate gate, RateLimits limits, ExtraFilters extra) {
        this.config = config;
        this.gate = gate;
        this.limits = limits;
        this.extra = extra;
    }

    /// In any order; the chain sorts them by phase.
    ///
    /// @throws IllegalArgumentException when the rule asks for a credential nobody can check
    List<Filter> of(RuleConfig rule, String routeId) {
        List<Filter> auth = guarding(rule.guards().auth(), routeId);
        List<Filter> filters = new ArrayList<>();
        long bodyLimit = rule.guards().bodies().or(config.frontend().http().maxRequestSize());
        if (bodyLimit > 0) {
            filters.add(new BodyLimitFilter(bodyLimit));
        }
        filters.addAll(limits.filters(routeId, rule.guards().limits()));
        filters.addAll(auth);
        if (!auth.isEmpty()) {
            filters.add(new IdentityFilter());
        }
        TargetFilter target = TargetFilter.of(rule.route());
        if (target != null) {
            filters.add(target);
        }
        filters.addAll(extra.of(rule.guards().filters(), routeId));
        return filters;
    }

    /// Only those that establish who is asking.
    ///
    /// @throws IllegalArgumentException when a credential is asked for that nobody can check
    List<Filter> guarding(AuthRuleConfig auth, String routeId) {
        String problem = gate.problem(auth);
        if (problem != null) {
            throw new IllegalArgumentException("rule " + routeId + ": " + problem);
        }
        return gate.filters(auth);
    }
}
