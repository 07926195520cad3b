package io.sluice.app.wiring;

import io.sluice.core.id.IdSource;
import io.sluice.core.id.TraceContext;
import io.sluice.core.life.Swap;
import io.sluice.edge.filter.CompiledRoute;
import io.sluice.edge.filter.Edge;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.FilterFactory;
import io.sluice.edge.filter.access.AccessLog;
import io.sluice.edge.filter.access.HttpMeters;
import io.sluice.edge.filter.auth.AuthGate;
import io.sluice.edge.filter.auth.AuthenticatorFactory;
import io.sluice.edge.filter.cors.CorsFilter;
import io.sluice.edge.filter.trace.ForwardedFilter;
import io.sluice.edge.filter.trace.TraceFilter;
import io.sluice.edge.filter.trace.TrustedProxies;
import io.sluice.edge.route.PathPolicy;
import io.sluice.edge.route.RouteRule;
import io.sluice.edge.route.RouteTable;
import io.sluice.net.http.Handler;
import io.sluice.net.loop.PerLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The room `edge`: filters and routes of one configuration, compiled into the snapshot that listeners read. Meters,
/// buckets and the access log go on across reloads.
final class EdgeParts implements AutoCloseable {
    private static final Edge NOTHING =
            Edge.of(List.of(), RouteTable.compile(List.of(), (_, _) -> {}), PathPolicy.DEFAULT);

    private final Shared shared;
    private final int loops;
    private final PerLoop<IdSource> ids;
    private final HttpMeters meters;
    private final AccessLogs accessLogs;
    private final RateLimits limits;
    private final List<AuthenticatorFactory> authenticators = Builtins.authenticators();
    private final List<FilterFactory> filterFactories = Builtins.filters();
    private final Swap<Edge> inForce = new Swap<>(NOTHING);
    private @Nullable AuthGate gateInForce;

    /// Makes the handler a rule ends in.
    @FunctionalInterface
    interface Forwarding {
        Handler of(RuleConfig rule, String routeId);
    }

    /// What requests are going to meet.
    final class Next implements Prepared {
        private final Edge edge;
        private final AuthGate gate;

        private Next(Edge edge, AuthGate gate) {
            this.edge = edge;
            this.gate = gate;
        }

        @Override
        public void commit() {
            limits.commit();
            AuthGate before = gateInForce;
            gateInForce = gate;
            inForce.set(edge);
            if (before != null) {
                before.close();
            }
        }

        @Override
        public void abandon() {
            limits.abandon();
            gate.close();
        }
    }

    EdgeParts(int loops, Shared shared) {
        this.shared = shared;
        this.loops = loops;
        this.ids = new PerLoop<>(loops, () -> IdSource.seeded(shared.ticker()));
        this.meters = new HttpMeters(shared.metrics());
        this.accessLogs = new AccessLogs(loops, shared.metrics());
        this.limits = new RateLimits(shared.metrics());
    }

    /// What is in force; for listeners.
    Swap<Edge> inForce() {
        return inForce;
    }

    /// Compiles everything requests meet. Changes nothing that is in force.
    ///
    /// @param forward the handler of a rule
    /// @param pages served where no rule without hosts has the very same path
    /// @throws RuntimeException when keys or files cannot be used
    Next prepare(GatewayConfig config, Forwarding forward, List<PageRoute> pages) {
        AuthGate gate =
                AuthGate.open(
                        config.credentials(), authenticators, shared.ticker(), shared.metrics());
        try {
            RouteTable<CompiledRoute> routes =
                    RouteTable.compile(
                            entries(config, filters(config, gate), forward, pages), (_, _) -> {});
            AccessLog log = accessLog(config);
            Edge edge = Edge.of(entryFilters(config, log), routes, config.router().paths());
            return new Next(log == null ? edge : edge.telling(log::refused), gate);
        } catch (RuntimeException unusable) {
            limits.abandon();
            gate.close();
            throw unusable;
        }
    }

    private RouteFilters filters(GatewayConfig config, AuthGate gate) {
        return new RouteFilters(
                config,
                gate,
                limits,
                new ExtraFilters(filterFactories, shared.ticker(), shared.metrics(), loops));
    }

    private static List<RouteTable.Entry<CompiledRoute>> entries(
            GatewayConfig config, RouteFilters filters, Forwarding forward, List<PageRoute> pages) {
        List<RouteTable.Entry<CompiledRoute>> entries = new ArrayList<>();
        List<RuleConfig> rules = config.router().rules();
        for (int i = 0; i < rules.size(); i++) {
            RuleConfig rule = rules.get(i);
            if (rule.internal()) {
                continue;
            }
            String id = rule.route().idAt(i);
            entries.add(
                    RouteTable.Entry.of(
                            rule.route(),
                            i,
                            CompiledRoute.of(
                                    id, rule.route(), filters.of(rule, id), forward.of(rule, id))));
        }
        for (PageRoute page : pages) {
            if (rules.stream().noneMatch(rule -> rule.displaces(page.path()))) {
                entries.add(entry(page, filters));
            }
        }
        return entries;
    }

    private static RouteTable.Entry<CompiledRoute> entry(PageRoute page, RouteFilters filters) {
        RouteRule rule = RouteRule.of(page.id(), page.path()).withPriority(page.priority());
        List<Filter> own = new ArrayList<>(page.filters());
        if (page.auth() != null) {
            own.addAll(filters.ofStream(page.auth(), page.id()));
        }
        return RouteTable.Entry.of(rule, 0, CompiledRoute.of(page.id(), rule, own, page.handler()));
    }

    private @Nullable AccessLog accessLog(GatewayConfig config) {
        PolicyConfig policy = config.policy();
        return accessLogs.of(policy.accessLog().hiding(policy.auth().secretParameters()));
    }

    private List<Filter> entryFilters(GatewayConfig config, @Nullable AccessLog log) {
        PolicyConfig policy = config.policy();
        List<Filter> filters = new ArrayList<>();
        filters.add(new TraceFilter(ids, TraceContext.SAMPLED));
        if (log != null) {
            filters.add(log);
        }
        if (config.pages().metrics().enabled()) {
            filters.add(meters);
        }
        TrustedProxies trusted = new TrustedProxies(policy.forwarded().trustedProxies());
        filters.add(new ForwardedFilter(trusted, policy.forwarded().forwardedFields(), loops));
        if (policy.cors().enabled()) {
            filters.add(new CorsFilter(policy.cors()));
        }
        return filters;
    }

    @Override
    public void close() throws IOException {
        if (gateInForce != null) {
            gateInForce.close();
        }
        accessLogs.close();
    }
}
