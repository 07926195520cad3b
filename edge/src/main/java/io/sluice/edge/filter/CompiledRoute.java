package io.sluice.edge.filter;

import io.sluice.edge.route.RouteRule;
import io.sluice.net.http.Handler;
import java.util.List;

/// A rule with everything that happens to its requests, ready to run. Immutable, any thread.
///
/// @param id of the rule, or made from its position
/// @param rule as configured, for pages
public record CompiledRoute(String id, RouteRule rule, FilterChain chain) {

    public static CompiledRoute of(
            String id, RouteRule rule, List<? extends Filter> filters, Handler handler) {
        return new CompiledRoute(id, rule, new FilterChain(filters, handler));
    }
}
