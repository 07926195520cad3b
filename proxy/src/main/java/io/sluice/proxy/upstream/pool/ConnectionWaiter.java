package io.sluice.proxy.upstream.pool;

import io.sluice.core.fail.Failure;

/// Waits for a connection. Told exactly once, on the loop, unless it left before.
public interface ConnectionWaiter {
    /// The connection is the waiter's from now on; it must be given back with [PooledConnection#release].
    void connected(PooledConnection connection);

    /// @param failure of kind CONNECT_FAILED, or OVERLOADED when too many wait already
    void failed(Failure failure);
}
