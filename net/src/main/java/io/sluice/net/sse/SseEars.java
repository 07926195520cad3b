package io.sluice.net.sse;

import io.netty.buffer.ByteBuf;
import io.sluice.net.http.TunnelListener;

/// Hears the client's side of one [SseStream], which has nothing to say. Loop thread only.
final class SseEars implements TunnelListener {
    /// What a client may send all the same.
    private static final int DROP_LIMIT = 64 * 1024;

    private final SseStream stream;
    private int dropped;

    SseEars(SseStream stream) {
        this.stream = stream;
    }

    @Override
    public void bytes(ByteBuf bytes) {
        dropped += bytes.readableBytes();
        bytes.release();
        if (dropped > DROP_LIMIT) {
            stream.cut();
        }
    }

    @Override
    public void readComplete() {}

    @Override
    public void drained() {
        if (stream.open()) {
            try {
                stream.listener().drained();
            } catch (RuntimeException bug) {
                stream.failed(bug);
            }
        }
    }

    @Override
    public void drain() {
        if (stream.open()) {
            try {
                stream.listener().drain();
            } catch (RuntimeException bug) {
                stream.failed(bug);
            }
        }
    }

    @Override
    public void closed() {
        stream.ended();
    }
}
