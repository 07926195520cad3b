package io.sluice.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.net.loop.Loop;

/// What is taken over when the client has left already.
final class GoneTunnel implements Tunnel {
    private final Loop loop;
    private final Peer peer;

    GoneTunnel(Loop loop, Peer peer) {
        this.loop = loop;
        this.peer = peer;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public void listen(TunnelListener listener) {
        loop.executor().execute(listener::closed);
    }

    @Override
    public void write(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void flush() {}

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void finish() {}

    @Override
    public void cut() {}
}
