package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Headers;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The body that arrives on one stream. What the sink has not taken waits here, at most one stream window of it: bytes
/// go back to the sender's window only as the sink takes them. Loop thread only.
final class StreamBody implements BodySource {

    /// Looks in a window over which the rate of a sender is measured.
    static final int WINDOW_LOOKS = 4;

    /// The stream a body arrives on.
    interface Carrier {
        /// Waiting bytes were taken and belong to the sender's window again.
        void bodyConsumed(int bytes);

        /// Nobody wants the rest.
        void bodyDiscarded();

        /// The sink has all of it.
        void bodyComplete();
    }

    private final Carrier carrier;
    private final long length;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(0);
    private @Nullable BodySink sink;
    private @Nullable Headers trailers;
    private boolean paused;
    private boolean discarded;
    private boolean arrived;
    private boolean complete;
    private boolean unflushed;
    private long sent;
    private long sentBefore;

    /// Since `sentBefore`; the first look comes after a part of its time only.
    private int looks = -1;

    /// @param length announced length, or -1
    StreamBody(Carrier carrier, long length) {
        this.carrier = carrier;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void to(BodySink newSink) {
        if (sink != null) {
            throw new IllegalStateException("body already started");
        }
        sink = newSink;
        // The head before the body goes out although nothing of the body is at hand.
        unflushed = true;
        drain();
        readComplete();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        if (paused) {
            paused = false;
            drain();
            readComplete();
        }
    }

    @Override
    public void discard() {
        if (discarded || complete) {
            return;
        }
        discarded = true;
        giveBackWaiting();
        carrier.bodyDiscarded();
    }

    boolean complete() {
        return complete;
    }

    /// Whether the sender has sent all of it, though some may wait here.
    boolean arrived() {
        return arrived;
    }

    /// Looks at how much came, at even times. Whether it is less than `wanted` over the last window, in all of which the
    /// sender was waited for.
    boolean dribbles(long wanted) {
        boolean waitsForSender = sink != null && !paused && !arrived && !complete;
        boolean windowOver = waitsForSender && ++looks >= WINDOW_LOOKS;
        boolean slow = windowOver && sent - sentBefore < wanted;
        if (windowOver || !waitsForSender) {
            looks = 0;
            sentBefore = sent;
        }
        return slow;
    }

    /// Takes a frame's data, which stays the caller's.
    ///
    /// @return how many bytes the sender's window gets back at once
    int data(ByteBuf data) {
        int bytes = data.readableBytes();
        sent += bytes;
        BodySink target = sink;
        if (discarded || complete) {
            return bytes;
        }
        if (bytes == 0) {
            return 0;
        }
        if (target == null || paused || !waiting.isEmpty()) {
            waiting.add(data.retain());
            return 0;
        }
        unflushed = true;
        target.piece(data.retain());
        return bytes;
    }

    /// The sender ended the body.
    void end(@Nullable Headers newTrailers) {
        arrived = true;
        trailers = newTrailers;
        drain();
    }

    private void drain() {
        BodySink target = sink;
        while (target != null && !paused && !discarded && !waiting.isEmpty()) {
            ByteBuf piece = waiting.poll();
            int bytes = piece.readableBytes();
            unflushed = true;
            target.piece(piece);
            carrier.bodyConsumed(bytes);
        }
        if (arrived && !complete && waiting.isEmpty() && (target != null || discarded)) {
            complete = true;
            unflushed = false;
            if (target != null && !discarded) {
                target.end(trailers);
            }
            carrier.bodyComplete();
        }
    }

    /// No more is at hand for now: what was delivered should go out.
    void readComplete() {
        BodySink target = sink;
        if (unflushed && target != null && !discarded && !complete) {
            unflushed = false;
            target.flush();
        }
    }

    /// The stream broke. Does nothing once the body is complete.
    void broken(Failure why) {
        if (complete) {
            return;
        }
        complete = true;
        giveBackWaiting();
        BodySink target = sink;
        if (target != null && !discarded) {
            target.abort(why);
        }
    }

    private void giveBackWaiting() {
        int bytes = 0;
        for (ByteBuf piece : waiting) {
            bytes += piece.readableBytes();
            piece.release();
        }
        waiting.clear();
        carrier.bodyConsumed(bytes);
    }
}
