package io.sluice.edge.filter;

import io.sluice.net.http.Exchange;

/// One thing that happens to a request before its handler. Immutable and shared by all loops; state that changes is
/// kept per loop or in thread-safe holders. Must not block.
public interface Filter {

    /// Where in the fixed order this filter runs.
    Phase phase();

    /// Runs on the exchange's loop, once per exchange.
    Step apply(Exchange exchange);
}
