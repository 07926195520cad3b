package io.sluice.net.http;

import io.sluice.core.fail.Failure;

/// Told of input that was refused before it became an exchange: malformed heads, limits, timeouts. For counters; on
/// the loop, so it must be quick.
@FunctionalInterface
public interface RefusalListener {
    void refused(Peer peer, Protocol protocol, Failure failure);
}
