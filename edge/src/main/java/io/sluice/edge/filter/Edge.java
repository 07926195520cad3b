package io.sluice.edge.filter;

import io.sluice.edge.route.PathPolicy;
import io.sluice.edge.route.RouteTable;
import io.sluice.net.http.Exchange;
import java.util.List;
import java.util.function.Consumer;

/// What is in force at one time: the filters every request passes and the routes behind them. Immutable, swapped whole.
///
/// @param entry filters of the phases up to CORS, then the route
/// @param refusals told of what never became a request, see [io.sluice.net.http.Handler#refused]
public record Edge(
        FilterChain entry, RouteTable<CompiledRoute> routes, Consumer<Exchange> refusals) {

    /// @param filters that run before a route is known, refused and unknown requests included
    public static Edge of(
            List<? extends Filter> filters, RouteTable<CompiledRoute> routes, PathPolicy paths) {
        return new Edge(new FilterChain(filters, new RouteEntry(routes, paths)), routes, _ -> {});
    }

    /// The same, with somebody who is told of refusals.
    public Edge telling(Consumer<Exchange> newRefusals) {
        return new Edge(entry, routes, newRefusals);
    }
}
