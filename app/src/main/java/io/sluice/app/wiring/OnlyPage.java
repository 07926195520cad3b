package io.sluice.app.wiring;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Method;

/// A page at exactly one path, read with GET or HEAD; 404 and 405 for the rest. A pattern that ends in `/` takes all
/// paths below it, which pages do not want.
record OnlyPage(String path, Handler page) implements Handler {

    @Override
    public void handle(Exchange exchange) {
        Method method = exchange.request().method();
        if (!exchange.request().path().equals(path)) {
            exchange.fail(Failure.of(FailureKind.NOT_FOUND, "Nothing is served at this path."));
        } else if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
            page.handle(exchange);
        } else {
            exchange.onAnswer((_, head) -> head.headers().set(HeaderName.ALLOW, "GET, HEAD"));
            exchange.fail(
                    Failure.of(FailureKind.METHOD_NOT_ALLOWED, "This page is read with GET."));
        }
        exchange.requestBody().discard();
    }
}
