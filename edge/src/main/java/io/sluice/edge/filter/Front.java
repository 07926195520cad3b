package io.sluice.edge.filter;

import io.sluice.core.life.Swap;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;

/// Where listeners hand over requests. A request stays to its end with the snapshot it started with.
public final class Front implements Handler {
    private final Swap<Edge> edge;

    public Front(Swap<Edge> edge) {
        this.edge = edge;
    }

    @Override
    public void handle(Exchange exchange) {
        edge.get().entry().handle(exchange);
    }

    @Override
    public void refused(Exchange exchange) {
        edge.get().refusals().accept(exchange);
    }
}
