package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Headers;
import io.sluice.net.http.TrailerFields;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One message body being read from a connection, whichever side sent it. The connection feeds it; it delivers to its
/// sink. Loop thread only.
final class IncomingBody implements BodySource {

    /// The connection a body arrives on.
    interface Carrier {
        /// The flow may go on: feed again what is at hand and switch reading on.
        void bodyWanted();

        /// The sink is full: switch reading off.
        void bodyPaused();

        /// Nobody wants the rest.
        void bodyDiscarded();

        /// Counts data bytes that arrived.
        void bodyBytes(int count);
    }

    /// What [#feed] came to.
    enum Fed {
        /// Everything at hand was delivered; more is needed.
        HUNGRY,
        /// The sink is full or not there yet; bytes may be left.
        WAITING,
        COMPLETE,
        MALFORMED
    }

    private static final long UNTIL_CLOSE = Long.MAX_VALUE;

    private final Carrier carrier;
    private final long length;
    private final @Nullable ChunkedDecoder chunks;
    private long remaining;
    private @Nullable BodySink sink;
    private boolean paused;
    private boolean discarded;
    private boolean complete;
    private boolean delivered;

    private IncomingBody(
            Carrier carrier, long length, long remaining, @Nullable ChunkedDecoder chunks) {
        this.carrier = carrier;
        this.length = length;
        this.remaining = remaining;
        this.chunks = chunks;
    }

    /// The body of a request that `framing` announces, or null when it announces none or an empty one.
    static @Nullable IncomingBody ofRequest(Carrier carrier, Framing framing, HeadLimits limits) {
        return announced(carrier, framing, limits, TrailerFields.NOT_IN_REQUESTS);
    }

    /// The same for an answer.
    static @Nullable IncomingBody ofAnswer(Carrier carrier, Framing framing) {
        return announced(carrier, framing, HeadLimits.REPLY, TrailerFields.NOT_IN_ANSWERS);
    }

    private static @Nullable IncomingBody announced(
            Carrier carrier, Framing framing, HeadLimits limits, Headers.FieldTest dropped) {
        long length = framing.contentLength();
        if (framing.chunked()) {
            return new IncomingBody(carrier, -1, 0, new ChunkedDecoder(limits, dropped));
        }
        return length > 0 ? new IncomingBody(carrier, length, length, null) : null;
    }

    static IncomingBody untilClose(Carrier carrier) {
        return new IncomingBody(carrier, -1, UNTIL_CLOSE, null);
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
        // A head was written before: it must not wait for the first piece, which may be long in
        // coming.
        delivered = true;
        carrier.bodyWanted();
    }

    @Override
    public void pause() {
        if (!paused && !complete) {
            paused = true;
            carrier.bodyPaused();
        }
    }

    @Override
    public void resume() {
        if (paused) {
            paused = false;
            carrier.bodyWanted();
        }
    }

    @Override
    public void discard() {
        if (!discarded && !complete) {
            discarded = true;
            carrier.bodyDiscarded();
        }
    }

    boolean complete() {
        return complete;
    }

    boolean started() {
        return sink != null;
    }

    /// Whether it is up to the sender that the body goes on: somebody reads it, or it is dropped as it comes.
    boolean awaited() {
        return sink != null || discarded;
    }

    /// Whether the body ends when the connection does, and has not yet.
    boolean awaitsClose() {
        return remaining == UNTIL_CLOSE && chunks == null && !complete;
    }

    /// Delivers from `input` what the sink takes.
    Fed feed(Input input) {
        while (!complete) {
            if (!discarded && (sink == null || paused)) {
                return Fed.WAITING;
            }
            int count =
                    chunks == null
                            ? (int) Math.min(remaining, input.available())
                            : chunkBytes(chunks, input);
            if (count < 0) {
                return Fed.MALFORMED;
            }
            if (count > 0) {
                deliver(input, count);
            }
            if (chunks == null
                    ? remaining == 0
                    : chunks.advance(input) == ChunkedDecoder.State.DONE) {
                finish(chunks == null ? null : chunks.trailers());
            } else if (count == 0) {
                return Fed.HUNGRY;
            }
        }
        return Fed.COMPLETE;
    }

    /// After MALFORMED: why, for a client who sent it.
    Failure fault() {
        return Objects.requireNonNull(chunks).fault();
    }

    private static int chunkBytes(ChunkedDecoder chunks, Input input) {
        return switch (chunks.advance(input)) {
            case DATA -> chunks.takeable(input);
            case MALFORMED -> -1;
            case SIZE, DATA_END, TRAILERS, DONE -> 0;
        };
    }

    private void deliver(Input input, int count) {
        ByteBuf piece = input.take(count);
        if (chunks != null) {
            chunks.taken(count);
        } else if (remaining != UNTIL_CLOSE) {
            remaining -= count;
        }
        carrier.bodyBytes(count);
        BodySink target = sink;
        if (discarded || target == null) {
            piece.release();
        } else {
            delivered = true;
            target.piece(piece);
        }
    }

    private void finish(@Nullable Headers trailers) {
        complete = true;
        delivered = false;
        BodySink target = sink;
        if (!discarded && target != null) {
            target.end(trailers);
        }
    }

    /// The connection has no more at hand for now: what was delivered should go out.
    void readComplete() {
        BodySink target = sink;
        if (delivered && target != null && !discarded) {
            delivered = false;
            target.flush();
        }
    }

    /// The connection closed in an orderly way: completes a body that ends with it.
    ///
    /// @return whether the body is whole
    boolean closed() {
        if (awaitsClose()) {
            if (sink == null) {
                return false;
            }
            finish(null);
        }
        return complete;
    }

    /// The connection broke or the coding is malformed.
    void broken(Failure why) {
        if (complete) {
            return;
        }
        complete = true;
        BodySink target = sink;
        if (!discarded && target != null) {
            target.abort(why);
        }
    }
}
