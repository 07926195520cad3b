package io.sluice.edge.filter;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.edge.route.Lookup;
import io.sluice.edge.route.PathPolicy;
import io.sluice.edge.route.RouteTable;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Method;
import io.sluice.net.http.Response;
import io.sluice.net.http.RouteMatch;

/// Finds the route and enters its chain. What no route takes ends here: 404, 405 with `Allow`, and OPTIONS for a known
/// path whose rules do not list it, which is answered with what they do list (RFC 9110 9.3.7). TRACE is never passed on,
/// because it would show a client what proxies added to its request (RFC 9110 9.3.8). A target in absolute form that names
/// another authority than `Host` is taken only by a rule that names this authority among its hosts, and gets 421
/// elsewhere: a gateway is no proxy for the world.
final class RouteEntry implements Handler {
    private static final String ALL = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private static final Failure FOREIGN =
            Failure.of(FailureKind.MISDIRECTED, "This gateway does not answer for that host.");

    private final RouteTable<CompiledRoute> routes;
    private final PathPolicy paths;

    RouteEntry(RouteTable<CompiledRoute> routes, PathPolicy paths) {
        this.routes = routes;
        this.paths = paths;
    }

    @Override
    public void handle(Exchange exchange) {
        Method method = exchange.request().method();
        if (method.equals(Method.TRACE) || method.equals(Method.CONNECT)) {
            wrongMethod(exchange, ALL);
            return;
        }
        if (exchange.request().path().equals("*")) {
            options(exchange, ALL);
            return;
        }
        String problem = paths.problem(exchange.request().path());
        if (problem != null) {
            FilterChain.refuse(exchange, Failure.of(FailureKind.BAD_REQUEST, problem));
            return;
        }
        switch (routes.find(exchange.request())) {
            case Lookup.Found<CompiledRoute>(CompiledRoute route, RouteMatch match) -> {
                exchange.route(match);
                if (exchange.foreignHost() != null
                        && !route.rule().namesHost(exchange.request().host())) {
                    FilterChain.refuse(exchange, FOREIGN);
                } else {
                    route.chain().handle(exchange);
                }
            }
            case Lookup.WrongMethod<CompiledRoute>(String allow) -> {
                if (method.equals(Method.OPTIONS)) {
                    options(exchange, allow + ", OPTIONS");
                } else {
                    wrongMethod(exchange, allow);
                }
            }
            case Lookup.Unknown<CompiledRoute> _ ->
                    FilterChain.refuse(
                            exchange,
                            Failure.of(FailureKind.NOT_FOUND, "No route matches this path."));
        }
    }

    private static void options(Exchange exchange, String allow) {
        exchange.answer(Response.empty(204).with(HeaderName.ALLOW, allow));
        exchange.requestBody().discard();
    }

    private static void wrongMethod(Exchange exchange, String allow) {
        exchange.onAnswer((_, head) -> head.headers().set(HeaderName.ALLOW, allow));
        FilterChain.refuse(
                exchange,
                Failure.of(
                        FailureKind.METHOD_NOT_ALLOWED,
                        "This path does not take the method " + exchange.request().method() + "."));
    }
}
