package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.direct.DirectSocket;
import org.jspecify.annotations.Nullable;

/// Where the framed bytes of one client go. Loop thread of the connection. Nothing throws, also after the end.
public interface Wire {

    /// Queues bytes until [#flush]; nobody is told of anything before. Takes over the buffer, whose bytes other wires may
    /// share: it is read, never written.
    void write(ByteBuf framed);

    /// Sends what is queued, as far as the peer takes it.
    void flush();

    /// The short way to the client for framed bytes that many get. It ends before the wire's goodbye; null when there
    /// is none.
    default @Nullable DirectSocket direct() {
        return null;
    }

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
