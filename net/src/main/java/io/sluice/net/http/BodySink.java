package io.sluice.net.http;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import org.jspecify.annotations.Nullable;

/// Where the pieces of a body go. All calls on the loop of the exchange; [#end] or [#abort] is the last one.
public interface BodySink {

    /// Takes the next piece and with it the duty to release it. May be called while not writable: the piece is then
    /// queued, so a source stops soon after [#writable()] turned false.
    void piece(ByteBuf piece);

    /// Sends what was written so far; a source calls it when it has nothing more at hand.
    void flush();

    /// The body is complete. Flushes.
    ///
    /// @param trailers fields after the body, or null
    void end(@Nullable Headers trailers);

    /// The source broke off: what follows must not look like a clean end to the receiver.
    void abort(Failure why);

    /// Whether the sink wants more now. False once more than its high-water mark is queued.
    boolean writable();

    /// Sets what to run each time the sink turns writable again; at most one, null to remove.
    void onWritable(@Nullable Runnable listener);
}
