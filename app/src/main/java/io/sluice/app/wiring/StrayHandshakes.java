package io.sluice.app.wiring;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.ws.WsHandshake;

/// Takes what no other route does: 400 for a WebSocket handshake, as plain WebSocket servers answer, 404 for the rest.
final class StrayHandshakes implements Handler {

    @Override
    public void handle(Exchange exchange) {
        FailureKind kind =
                WsHandshake.asked(exchange.request())
                        ? FailureKind.BAD_REQUEST
                        : FailureKind.NOT_FOUND;
        exchange.fail(Failure.of(kind, "Nothing is served at this path."));
        exchange.requestBody().discard();
    }
}
