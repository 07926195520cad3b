package io.sluice.net.http;

import io.netty.buffer.ByteBuf;

/// Hears one [Tunnel]. All calls on its loop.
public interface TunnelListener {

    /// Bytes from the client; the listener owns them.
    void bytes(ByteBuf bytes);

    /// No more bytes are at hand for now: the moment to flush what they led to.
    void readComplete();

    /// What waits to be sent has shrunk to a small rest (32 KiB) after it was more than 64 KiB.
    void drained();

    /// The listener drains: say goodbye and [Tunnel#finish] soon.
    void drain();

    /// It is over, by whichever side. Once, and the last call.
    void closed();
}
