package io.sluice.proxy.upstream.pool;

import io.sluice.core.fail.Failure;
import org.jspecify.annotations.Nullable;

/// Remembers what it was given; "sends" by using up one call of the fake connection.
final class FakeWaiter implements ConnectionWaiter {
    @Nullable PooledConnection given;
    @Nullable Failure failure;

    @Override
    public void connected(PooledConnection connection) {
        given = connection;
        ((FakeConnection) connection.connection()).capacity--;
    }

    @Override
    public void failed(Failure newFailure) {
        failure = newFailure;
    }

    /// The call is over.
    void finish(boolean reusable) {
        PooledConnection connection = given;
        if (connection == null) {
            throw new IllegalStateException("nothing was given");
        }
        FakeConnection fake = (FakeConnection) connection.connection();
        fake.capacity++;
        fake.completed++;
        given = null;
        connection.release(reusable);
    }
}
