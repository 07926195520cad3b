package io.sluice.edge.filter.trace;

import io.sluice.core.id.IdSource;
import io.sluice.core.id.RequestIds;
import io.sluice.core.id.TraceContext;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.loop.PerLoop;
import org.jspecify.annotations.Nullable;

/// Gives every exchange its request id and trace context. A well-formed `X-Request-ID` and a valid `traceparent` of the
/// client are continued, others are replaced; both are set on the request for the service, the id on the answer too.
public final class TraceFilter implements Filter {
    private static final Exchange.AnswerEdit ECHO =
            (exchange, head) -> head.headers().set(HeaderName.X_REQUEST_ID, exchange.requestId());

    private final PerLoop<IdSource> ids;
    private final int newFlags;

    /// @param newFlags trace flags of traces that start here, [TraceContext#SAMPLED] or 0
    public TraceFilter(PerLoop<IdSource> ids, int newFlags) {
        this.ids = ids;
        this.newFlags = newFlags;
    }

    @Override
    public Phase phase() {
        return Phase.TRACE;
    }

    @Override
    public Step apply(Exchange exchange) {
        Headers headers = exchange.request().headers();
        IdSource source = ids.of(exchange.loop());
        exchange.identify(requestId(headers, source), trace(headers, source));
        exchange.onAnswer(ECHO);
        return Step.next();
    }

    private static String requestId(Headers headers, IdSource source) {
        String received = headers.get(HeaderName.X_REQUEST_ID);
        if (received != null
                && RequestIds.wellFormed(received)
                && headers.count(HeaderName.X_REQUEST_ID) == 1) {
            return received;
        }
        String made = source.requestId();
        headers.set(HeaderName.X_REQUEST_ID, made);
        return made;
    }

    private TraceContext trace(Headers headers, IdSource source) {
        TraceContext caller = caller(headers);
        TraceContext trace =
                caller != null ? caller.under(source.spanId()) : source.newTrace(newFlags);
        headers.set(HeaderName.TRACEPARENT, trace.traceparent());
        if (headers.remove(HeaderName.TRACESTATE) && !trace.state().isEmpty()) {
            headers.add(HeaderName.TRACESTATE, trace.state());
        }
        return trace;
    }

    private static @Nullable TraceContext caller(Headers headers) {
        String parent = headers.get(HeaderName.TRACEPARENT);
        if (parent == null || headers.count(HeaderName.TRACEPARENT) != 1) {
            return null;
        }
        String state =
                headers.contains(HeaderName.TRACESTATE)
                        ? String.join(",", headers.all(HeaderName.TRACESTATE))
                        : "";
        return TraceContext.parse(parent, state);
    }
}
