package io.sluice.edge.filter.limit;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Exchange;

/// Refuses request bodies over a limit with 413: before anything is read when the length is announced, else as soon as
/// the limit is passed. Stands first in the chain of a route, because each route may have its own limit.
public final class BodyLimitFilter implements Filter {
    private final long limit;
    private final Failure failure;
    private final Step refuse;

    /// @param limit in bytes, above 0
    public BodyLimitFilter(long limit) {
        this.limit = limit;
        this.failure =
                Failure.of(
                        FailureKind.PAYLOAD_TOO_LARGE,
                        "The request body is larger than " + limit + " bytes.");
        this.refuse = new Step.Refuse(failure);
    }

    @Override
    public Phase phase() {
        return Phase.GUARD;
    }

    @Override
    public Step apply(Exchange exchange) {
        BodySource body = exchange.requestBody();
        long length = body.length();
        if (length > limit) {
            return refuse;
        }
        if (length < 0) {
            exchange.requestBody(new LimitedBody(exchange, body, limit, failure));
        }
        return Step.next();
    }
}
