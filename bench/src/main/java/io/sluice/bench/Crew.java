package io.sluice.bench;

import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// A service that can do so much and no more: each request takes one of its workers for 10 ms, and what comes while all
/// are busy waits in line, whether or not anybody still wants the answer. One loop only.
final class Crew implements Handler {
    static final int WORKERS = 50;
    static final int MILLIS = 10;

    private final ArrayDeque<Exchange> line = new ArrayDeque<>();
    private int busy;

    @Override
    public void handle(Exchange exchange) {
        if (busy == WORKERS) {
            line.add(exchange);
        } else {
            busy++;
            work(exchange);
        }
    }

    private void work(Exchange exchange) {
        exchange.loop().executor().schedule(() -> done(exchange), MILLIS, TimeUnit.MILLISECONDS);
    }

    private void done(Exchange exchange) {
        if (!exchange.ended()) {
            Origin.bytes(exchange);
        }
        Exchange next = line.poll();
        if (next == null) {
            busy--;
        } else {
            work(next);
        }
    }
}
