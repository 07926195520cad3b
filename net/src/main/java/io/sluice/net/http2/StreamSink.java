package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.DefaultChannelPromise;
import io.netty.handler.codec.http2.Http2Headers;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Headers;
import org.jspecify.annotations.Nullable;

/// The body that goes out on one stream, behind its head. Head and last piece are held back until it is clear whether
/// they end the stream, which saves an empty frame. Whatever was handed over counts as queued until the socket took it,
/// be it held by the peer's window or by a full socket. Loop thread only.
final class StreamSink implements BodySink {
    /// Queued bytes from which the sink wants no more, and below which it does again.
    private static final int HIGH_WATER = 64 * 1024;

    private static final int LOW_WATER = 32 * 1024;

    /// The stream a body goes out on.
    interface Owner {
        /// Bytes were handed over.
        void sinkBytes(int bytes);

        /// The end was handed over.
        void sinkEnded();

        /// Everything including the end was taken by the socket.
        void sinkDone();

        /// The source broke off.
        void sinkAborted(Failure why);
    }

    /// Whether pieces go out or are dropped, for answers that have no body whatever their source says.
    enum Content {
        SENT,
        DROPPED
    }

    private final Http2Wire wire;
    private final int id;
    private final Owner owner;
    private @Nullable Http2Headers head;
    private @Nullable ByteBuf held;
    private @Nullable Runnable writableListener;
    private Content content = Content.SENT;
    private int queued;
    private long written;
    private boolean full;
    private boolean over;

    StreamSink(Http2Wire wire, int id, Owner owner) {
        this.wire = wire;
        this.id = id;
        this.owner = owner;
    }

    /// Sets the head that goes out before everything else.
    void begin(Http2Headers newHead, Content newContent) {
        head = newHead;
        content = newContent;
        wire.headHeld(this);
    }

    /// Bytes that were handed over and not yet taken by the socket.
    int queued() {
        return queued;
    }

    /// Bytes the socket took, ever.
    long written() {
        return written;
    }

    boolean over() {
        return over;
    }

    @Override
    public void piece(ByteBuf piece) {
        int bytes = piece.readableBytes();
        if (over || content == Content.DROPPED || bytes == 0) {
            piece.release();
            return;
        }
        owner.sinkBytes(bytes);
        writeHeld();
        held = piece;
        queued += bytes;
        if (queued >= HIGH_WATER) {
            full = true;
            writeHeld();
        }
    }

    @Override
    public void flush() {
        if (!over) {
            writeHead();
            writeHeld();
        }
    }

    @Override
    public void end(@Nullable Headers trailers) {
        if (over) {
            return;
        }
        owner.sinkEnded();
        Http2Headers first = head;
        ByteBuf last = held;
        held = null;
        boolean hasTrailers = trailers != null && !trailers.isEmpty();
        if (first != null && last == null && !hasTrailers) {
            over = true;
            head = null;
            wire.headers(id, first, true, new Taken(0, true));
            return;
        }
        writeHead();
        over = true;
        if (trailers != null && hasTrailers) {
            if (last != null) {
                wire.data(id, last, false, new Taken(last.readableBytes(), false));
            }
            wire.headers(id, OutFields.trailers(trailers), true, new Taken(0, true));
        } else {
            ByteBuf data = last == null ? Unpooled.EMPTY_BUFFER : last;
            wire.data(id, data, true, new Taken(data.readableBytes(), true));
        }
    }

    @Override
    public void abort(Failure why) {
        if (!over) {
            owner.sinkAborted(why);
        }
    }

    @Override
    public boolean writable() {
        return over || !full;
    }

    @Override
    public void onWritable(@Nullable Runnable listener) {
        writableListener = listener;
    }

    /// The stream is gone: swallows everything from now on.
    void close() {
        over = true;
        head = null;
        writableListener = null;
        ByteBuf last = held;
        held = null;
        if (last != null) {
            last.release();
        }
    }

    /// Writes the head if it is still held.
    void writeHead() {
        Http2Headers first = head;
        if (first != null && !over) {
            head = null;
            wire.headers(id, first, false, wire.promise());
        }
    }

    private void writeHeld() {
        ByteBuf piece = held;
        if (piece != null) {
            writeHead();
            held = null;
            wire.data(id, piece, false, new Taken(piece.readableBytes(), false));
        }
    }

    private void taken(int bytes, boolean last) {
        queued -= bytes;
        written += bytes;
        if (last) {
            owner.sinkDone();
        }
        if (full && queued <= LOW_WATER) {
            full = false;
            Runnable listener = writableListener;
            if (listener != null && !over) {
                listener.run();
            }
        }
    }

    /// The promise of one frame, which knows what it carries; saves a listener per frame.
    private final class Taken extends DefaultChannelPromise {
        private static final ChannelFutureListener COUNT = Taken::count;

        private final int bytes;
        private final boolean last;

        Taken(int bytes, boolean last) {
            super(wire.context().channel(), wire.context().executor());
            this.bytes = bytes;
            this.last = last;
            addListener(COUNT);
        }

        private static void count(ChannelFuture done) {
            if (done instanceof Taken frame && done.isSuccess()) {
                frame.sink().taken(frame.bytes, frame.last);
            }
        }

        private StreamSink sink() {
            return StreamSink.this;
        }
    }
}
