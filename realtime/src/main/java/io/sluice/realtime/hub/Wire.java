package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.FailureKind;

/// Where the framed bytes of one client go. Loop thread of the connection. Nothing throws, also after the end.
public interface Wire {

    /// Queues bytes until [#flush]. Takes over the buffer, whose bytes other wires may share: it is read, never written.
    void write(ByteBuf framed);

    /// Sends what is queued, as far as the peer takes it.
    void flush();

    /// Bytes written and not yet taken by the system, flushed or not.
    long queuedBytes();

    /// Says goodbye in the way of its protocol, behind what is queued, and ends soon after.
    void close(FailureKind why, String reason);

    /// Ends at once, without goodbye.
    void cut();

    /// Takes no more from the client until [#resume].
    void pause();

    void resume();
}
