package io.sluice.proxy.upstream.pool;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.dial.Dialer;
import io.sluice.net.dial.Origin;
import io.sluice.net.loop.Loop;
import java.util.ArrayDeque;

/// Dials that end when a test says so.
final class FakeDialer implements Dialer {
    private final ArrayDeque<DialListener> dials = new ArrayDeque<>();

    @Override
    public void dial(Origin origin, Loop loop, DialListener listener) {
        dials.add(listener);
    }

    int pending() {
        return dials.size();
    }

    FakeConnection connect(int capacity) {
        FakeConnection connection = new FakeConnection(capacity);
        dials.remove().connected(connection);
        return connection;
    }

    void fail() {
        dials.remove().failed(Failure.of(FailureKind.CONNECT_FAILED, "refused"));
    }
}
