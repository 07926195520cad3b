package io.sluice.realtime.endpoint.api;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Method;
import io.sluice.realtime.endpoint.events.Query;

/// A resource that is read with GET or HEAD.
record Asked(Resource resource) implements Handler {

    /// Answers on the loop, now or later.
    @FunctionalInterface
    interface Resource {
        /// @throws GatewayException with what to answer instead
        void answer(Exchange exchange, Query query);
    }

    @Override
    public void handle(Exchange exchange) {
        Method method = exchange.request().method();
        if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
            try {
                resource.answer(exchange, Query.of(exchange.request().query()));
            } catch (GatewayException refused) {
                exchange.fail(refused.failure());
            }
        } else {
            exchange.onAnswer((_, head) -> head.headers().set(HeaderName.ALLOW, "GET, HEAD"));
            exchange.fail(Failure.of(FailureKind.METHOD_NOT_ALLOWED, "This is read with GET."));
        }
        exchange.requestBody().discard();
    }
}
