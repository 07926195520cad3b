package io.sluice.edge.filter;

import io.sluice.edge.route.PathPolicy;
import io.sluice.edge.route.RouteTable;
import java.util.List;

/// What is in force at one time: the filters every request passes and the routes behind them. Immutable, swapped whole.
///
/// @param entry filters of the phases up to CORS, then the route
public record Edge(FilterChain entry, RouteTable<CompiledRoute> routes) {

    /// @param filters that run before a route is known, refused and unknown requests included
    public static Edge of(
            List<? extends Filter> filters, RouteTable<CompiledRoute> routes, PathPolicy paths) {
        return new Edge(new FilterChain(filters, new RouteEntry(routes, paths)), routes);
    }
}
