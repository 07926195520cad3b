package io.sluice.proxy.forward.http;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.proxy.attempt.AttemptLoop;
import io.sluice.proxy.attempt.AttemptPlan;
import io.sluice.proxy.upstream.Breaker;

/// The end of a route that names a service: passes the exchange on. Immutable, shared by all loops.
public final class ForwardHandler implements Handler {
    private static final Failure OPEN =
            Failure.of(FailureKind.BREAKER_OPEN, "the service fails too often; try again later");

    private final AttemptPlan plan;

    public ForwardHandler(AttemptPlan plan) {
        this.plan = plan;
    }

    /// What is passed on here stays HTTP, so an offer to change the protocol is not passed on.
    @Override
    public void handle(Exchange exchange) {
        exchange.request().headers().remove(HeaderName.UPGRADE);
        long permit = plan.breaker().tryAcquire();
        if (permit == Breaker.REFUSED) {
            plan.answers().refuse(exchange, OPEN.retryAfter(plan.breaker().retryAfterSeconds()));
            exchange.requestBody().discard();
        } else {
            new AttemptLoop(plan, exchange, permit).start();
        }
    }
}
