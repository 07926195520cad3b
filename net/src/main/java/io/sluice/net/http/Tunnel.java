package io.sluice.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.loop.Loop;
import org.jspecify.annotations.Nullable;

/// The bytes of a client's connection, or of one HTTP/2 stream, once its conversation is no longer requests and
/// answers. Made by [Exchange#takeOver]; the exchange is over by then, and nothing of it is kept.
///
/// All calls on the loop. Calls after the end are swallowed; buffers are released even then.
public interface Tunnel {
    /// Longest time between [#finish] and [TunnelListener#closed].
    long CLOSE_NANOS = 2_000_000_000L;

    Loop loop();

    Peer peer();

    /// Where buffers for this connection come from.
    ByteBufAllocator allocator();

    /// Sets who hears of this connection; once, and in the same turn of the loop as the take-over. What the client sent
    /// behind its request is delivered before this returns.
    void listen(TunnelListener listener);

    /// Writes bytes, owning them from here on. They leave with the next [#flush]; the first flush also sends the head of
    /// the answer.
    void write(ByteBuf bytes);

    void flush();

    /// The short way to the client, for bytes that many clients get: in order with what is written, and at its end with
    /// this tunnel. Null where there is none.
    default @Nullable DirectSocket direct() {
        return null;
    }

    /// Bytes written and not yet taken by the socket, with some overhead for each buffer; for bounds of an outbox. Cheap.
    long queuedBytes();

    /// Stops reading soon: what was read already still arrives.
    void pause();

    /// Reads on after [#pause].
    void resume();

    /// Sends all that was written, flushed or not, and then the end: FIN, or END_STREAM. What still arrives is dropped.
    /// A client that takes neither the bytes nor the end is cut off after [#CLOSE_NANOS].
    void finish();

    /// Ends it at once with RST, or RST_STREAM; what waits is lost.
    void cut();
}
