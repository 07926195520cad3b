package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.dial.AnswerListener;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Headers;
import org.jspecify.annotations.Nullable;

/// One call on an HTTP/1.1 connection to an origin. After its end every call is swallowed. Loop thread only.
final class Http1Call implements OriginCall, BodySink {
    private final Http1Origin origin;
    private final MessageWriter writer;
    private final AnswerListener listener;
    private final boolean headRequest;
    private @Nullable Runnable writableListener;
    private boolean requestWritten;
    private boolean replyStarted;
    private boolean over;

    Http1Call(
            Http1Origin origin,
            MessageWriter writer,
            AnswerListener listener,
            boolean headRequest) {
        this.origin = origin;
        this.writer = writer;
        this.listener = listener;
        this.headRequest = headRequest;
    }

    AnswerListener listener() {
        return listener;
    }

    boolean headRequest() {
        return headRequest;
    }

    void replyStarted() {
        replyStarted = true;
    }

    boolean replyWasStarted() {
        return replyStarted;
    }

    void over() {
        over = true;
    }

    void becameWritable() {
        Runnable runnable = writableListener;
        if (runnable != null && !over) {
            runnable.run();
        }
    }

    @Override
    public BodySink body() {
        return this;
    }

    @Override
    public boolean requestWritten() {
        return requestWritten;
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            origin.cancel(this);
        }
    }

    @Override
    public void piece(ByteBuf piece) {
        if (over || requestWritten) {
            piece.release();
        } else {
            writer.piece(piece);
        }
    }

    @Override
    public void flush() {
        if (!over) {
            writer.flush();
        }
    }

    @Override
    public void end(@Nullable Headers trailers) {
        if (!over && !requestWritten) {
            requestWritten = writer.end(trailers);
            if (!requestWritten) {
                cancel();
            }
        }
    }

    @Override
    public void abort(Failure why) {
        if (!over && !requestWritten) {
            // The request can never be whole: the origin must see a break, not an end.
            cancel();
        }
    }

    @Override
    public boolean writable() {
        return over || writer.writable();
    }

    @Override
    public void onWritable(@Nullable Runnable newListener) {
        writableListener = newListener;
    }
}
