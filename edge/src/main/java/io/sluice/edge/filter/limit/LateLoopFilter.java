package io.sluice.edge.filter.limit;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import java.time.Duration;

/// Refuses requests with 503 while their loop has more to do than it can: those that come late in a turn of the loop that
/// takes too long. What is let in is so little that it is answered in time; without this, all that comes waits in one line
/// that is longer than anybody waits, and the loop works for clients who have gone. Stands first in the chain of a route,
/// before anything that costs.
public final class LateLoopFilter implements Filter {
    private static final Step REFUSE =
            new Step.Refuse(
                    Failure.of(FailureKind.OVERLOADED, "The gateway has too much to do.")
                            .retryAfter(1));

    private final long nanos;

    /// @param most how late a loop may be, above 0
    public LateLoopFilter(Duration most) {
        this.nanos = most.toNanos();
    }

    @Override
    public Phase phase() {
        return Phase.GUARD;
    }

    @Override
    public Step apply(Exchange exchange) {
        return exchange.loop().isDelayedBy(nanos) ? REFUSE : Step.next();
    }
}
