package io.sluice.proxy.upstream.pool;

import io.sluice.net.dial.AnswerListener;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.dial.OriginConnection;
import io.sluice.net.http.RequestHead;

/// A connection without a socket; a test says what it can carry.
final class FakeConnection implements OriginConnection {
    int capacity;
    int completed;
    long announcedIdleNanos = Long.MAX_VALUE;
    boolean open = true;
    private Runnable closeListener = () -> {};

    FakeConnection(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public int capacity() {
        return open ? capacity : 0;
    }

    @Override
    public int completedCalls() {
        return completed;
    }

    @Override
    public long announcedIdleNanos() {
        return announcedIdleNanos;
    }

    @Override
    public OriginCall send(RequestHead head, long bodyLength, AnswerListener listener) {
        throw new UnsupportedOperationException("pools send nothing");
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            closeListener.run();
        }
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public void onClose(Runnable listener) {
        closeListener = listener;
    }
}
