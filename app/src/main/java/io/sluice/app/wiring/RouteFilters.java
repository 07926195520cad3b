package io.sluice.app.wiring;

import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.auth.AuthGate;
import io.sluice.edge.filter.auth.AuthRuleConfig;
import io.sluice.edge.filter.limit.LateLoopRule;
import io.sluice.edge.filter.limit.ListenerBodyLimits;
import io.sluice.edge.filter.transform.IdentityFilter;
import io.sluice.edge.filter.transform.TargetFilter;
import io.sluice.net.http.Entrance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The filters of each rule of one configuration.
final class RouteFilters {
    private final AuthGate gate;
    private final RateLimits limits;
    private final ExtraFilters extra;
    private final LateLoopRule lateLoops;
    private final @Nullable Filter listenerBodies;

    RouteFilters(GatewayConfig config, AuthGate gate, RateLimits limits, ExtraFilters extra) {
        this.gate = gate;
        this.limits = limits;
        this.extra = extra;
        this.lateLoops = config.router().lateLoops();
        this.listenerBodies = listenerBodies(config);
    }

    private static @Nullable Filter listenerBodies(GatewayConfig config) {
        Map<Entrance, Long> own = new LinkedHashMap<>();
        for (FrontendConfig.More listener : config.listeners()) {
            if (listener.maxRequestSize() != null) {
                own.put(listener.entrance(), listener.maxRequestSize());
            }
        }
        return ListenerBodyLimits.of(config.frontend().http().maxRequestSize(), own);
    }

    /// In any order; the chain sorts them by phase.
    ///
    /// @throws IllegalArgumentException when the rule asks for a credential nobody can check
    List<Filter> of(RuleConfig rule, String routeId) {
        List<Filter> auth = authenticating(rule.guards().auth(), routeId);
        List<Filter> filters = new ArrayList<>(lateLoops.forServices());
        Filter bodies = rule.guards().bodies().or(listenerBodies);
        if (bodies != null) {
            filters.add(bodies);
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

    /// Those of a WebSocket or event stream of our own.
    ///
    /// @throws IllegalArgumentException when a credential is asked for that nobody can check
    List<Filter> ofStream(AuthRuleConfig auth, String routeId) {
        List<Filter> filters = new ArrayList<>(lateLoops.forStreams());
        filters.addAll(authenticating(auth, routeId));
        return filters;
    }

    private List<Filter> authenticating(AuthRuleConfig auth, String routeId) {
        String problem = gate.problem(auth);
        if (problem != null) {
            throw new IllegalArgumentException("rule " + routeId + ": " + problem);
        }
        return gate.filters(auth);
    }
}
