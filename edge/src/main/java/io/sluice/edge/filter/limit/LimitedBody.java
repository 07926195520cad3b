package io.sluice.edge.filter.limit;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.DiscardingSink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Headers;
import org.jspecify.annotations.Nullable;

/// A body of unknown length that is cut once it passes the limit: the receiver hears an abort, never a clean end.
final class LimitedBody implements BodySource, BodySink {
    private final Exchange exchange;
    private final BodySource source;
    private final Failure tooLarge;
    private BodySink sink = new DiscardingSink();
    private long left;
    private boolean over;

    LimitedBody(Exchange exchange, BodySource source, long limit, Failure tooLarge) {
        this.exchange = exchange;
        this.source = source;
        this.left = limit;
        this.tooLarge = tooLarge;
    }

    @Override
    public long length() {
        return source.length();
    }

    @Override
    public void to(BodySink receiver) {
        sink = receiver;
        source.to(this);
    }

    @Override
    public void pause() {
        source.pause();
    }

    @Override
    public void resume() {
        source.resume();
    }

    @Override
    public void discard() {
        source.discard();
    }

    @Override
    public void piece(ByteBuf piece) {
        left -= piece.readableBytes();
        if (over || left < 0) {
            piece.release();
            refuse();
        } else {
            sink.piece(piece);
        }
    }

    private void refuse() {
        if (over) {
            return;
        }
        over = true;
        sink.abort(tooLarge);
        if (exchange.failure() == null) {
            exchange.fail(tooLarge);
        }
        source.discard();
    }

    @Override
    public void flush() {
        if (!over) {
            sink.flush();
        }
    }

    @Override
    public void end(@Nullable Headers trailers) {
        if (!over) {
            sink.end(trailers);
        }
    }

    @Override
    public void abort(Failure why) {
        if (!over) {
            sink.abort(why);
        }
    }

    @Override
    public boolean writable() {
        return over || sink.writable();
    }

    @Override
    public void onWritable(@Nullable Runnable listener) {
        sink.onWritable(listener);
    }
}
