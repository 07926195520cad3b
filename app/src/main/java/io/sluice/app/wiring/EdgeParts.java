package io.sluice.app.wiring;

import io.sluice.core.id.IdSource;
import io.sluice.core.id.TraceContext;
import io.sluice.core.time.Ticker;
import io.sluice.edge.filter.CompiledRoute;
import io.sluice.edge.filter.Edge;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.trace.ForwardedFilter;
import io.sluice.edge.filter.trace.TraceFilter;
import io.sluice.edge.filter.trace.TrustedProxies;
import io.sluice.edge.route.RouteRule;
import io.sluice.edge.route.RouteTable;
import io.sluice.net.http.Handler;
import io.sluice.net.loop.PerLoop;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The room `edge`: filters and routes of one configuration, compiled into the snapshot that listeners read.
final class EdgeParts {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeParts.class);

    private final int loops;
    private final PerLoop<IdSource> ids;

    /// Makes the handler a rule ends in.
    @FunctionalInterface
    interface Forwarding {
        Handler of(RuleConfig rule, String routeId);
    }

    EdgeParts(int loops, Ticker ticker) {
        this.loops = loops;
        this.ids = new PerLoop<>(loops, () -> IdSource.seeded(ticker));
    }

    /// Compiles everything requests meet. Changes nothing that is in force.
    ///
    /// @param forward the handler of a rule
    /// @param pages served where no rule without hosts has the very same path
    Edge compile(GatewayConfig config, Forwarding forward, List<PageRoute> pages) {
        List<RouteTable.Entry<CompiledRoute>> entries = new ArrayList<>();
        List<RuleConfig> rules = config.router().rules();
        for (int i = 0; i < rules.size(); i++) {
            entries.add(entry(rules.get(i), i, forward));
        }
        for (PageRoute page : pages) {
            if (taken(page, rules)) {
                LOG.atWarn()
                        .addKeyValue("path", page.path())
                        .addKeyValue("page", page.id())
                        .log("A rule has the path of this page, so the page is not served");
            } else {
                entries.add(entry(page));
            }
        }
        return Edge.of(entryFilters(config), RouteTable.compile(entries, (_, _) -> {}));
    }

    private static boolean taken(PageRoute page, List<RuleConfig> rules) {
        return rules.stream()
                .anyMatch(rule ->
                        rule.route().path().equals(page.path()) && rule.route().hosts().isEmpty());
    }

    private static RouteTable.Entry<CompiledRoute> entry(
            RuleConfig rule, int position, Forwarding forward) {
        String id = rule.route().idAt(position);
        return RouteTable.Entry.of(
                rule.route(),
                position,
                CompiledRoute.of(id, rule.route(), List.of(), forward.of(rule, id)));
    }

    private static RouteTable.Entry<CompiledRoute> entry(PageRoute page) {
        RouteRule rule = RouteRule.of(page.id(), page.path());
        return RouteTable.Entry.of(
                rule,
                0,
                CompiledRoute.of(
                        page.id(), rule, List.of(), new OnlyPage(page.path(), page.handler())));
    }

    private List<Filter> entryFilters(GatewayConfig config) {
        return List.of(
                new TraceFilter(ids, TraceContext.SAMPLED),
                new ForwardedFilter(
                        new TrustedProxies(config.policy().forwarded().trustedProxies()), loops));
    }
}
