package io.sluice.proxy.upstream.pool;

import io.sluice.net.dial.OriginConnection;

/// A connection that belongs to a pool, made once per connection. Whoever took it sends exactly one call over it and
/// then calls [#release]. Loop thread only.
public final class PooledConnection {
    private final InstancePool pool;
    private final OriginConnection connection;
    private final boolean shared;

    /// Calls taken and not yet released.
    int calls;

    /// When the last call was released, in the loop's ticker.
    long idleSince;

    /// The codec said that it takes no more calls.
    boolean lost;

    PooledConnection(InstancePool pool, OriginConnection connection) {
        this.pool = pool;
        this.connection = connection;
        this.shared = connection.capacity() > 1;
    }

    public OriginConnection connection() {
        return connection;
    }

    /// Whether it carried a call before, so that the origin may have closed it without our knowing yet.
    public boolean reused() {
        return connection.completedCalls() > 0;
    }

    /// Whether it carries several calls at once.
    boolean shared() {
        return shared;
    }

    boolean usable() {
        return !lost && connection.open() && connection.capacity() > 0;
    }

    /// Gives the connection back after a call.
    ///
    /// @param reusable the codec's word; false closes it unless other calls are on it
    public void release(boolean reusable) {
        pool.release(this, reusable);
    }

    /// Gives the connection back after its call was cancelled or broke: one that carries several calls lives on as long
    /// as it can.
    public void releaseUnfinished() {
        pool.release(this, shared);
    }
}
