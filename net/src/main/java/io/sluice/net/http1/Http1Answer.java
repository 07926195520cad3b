package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.Reply;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http.Tunnel;
import org.jspecify.annotations.Nullable;

/// The answer to one request on an HTTP/1.1 connection. After its end every call is swallowed, so a late source cannot
/// write into the next answer. Loop thread only.
final class Http1Answer implements Reply, BodySink {
    private final Http1Connection connection;
    private final MessageWriter writer;
    private final boolean headRequest;
    private final Protocol protocol;
    private @Nullable Exchange exchange;
    private @Nullable Runnable writableListener;
    private ResponseStart start = ResponseStart.WITHOUT_CONTINUE;
    private boolean over;

    Http1Answer(Http1Connection connection, MessageWriter writer, RequestHead request) {
        this.connection = connection;
        this.writer = writer;
        this.headRequest = request.method().equals(Method.HEAD);
        this.protocol = request.protocol();
    }

    void exchange(Exchange newExchange) {
        exchange = newExchange;
    }

    @Override
    public void informational(ResponseHead head) {
        if (over || protocol == Protocol.HTTP_1_0) {
            return;
        }
        if (head.status() == 100) {
            start = ResponseStart.AFTER_CONTINUE;
        }
        HeadWriter.writeInterim(writer.head(HeadWriter.room(head), 0), head);
        writer.begin(BodyFraming.NONE, 0);
        writer.flush();
    }

    @Override
    public BodySink begin(ResponseHead head) {
        if (over) {
            return this;
        }
        BodyFraming framing = framing(head);
        boolean keep = connection.keepsConnection(start);
        HeadWriter.ConnectionOption option = HeadWriter.ConnectionOption.SILENT;
        if (!keep) {
            option = HeadWriter.ConnectionOption.CLOSE;
        } else if (protocol == Protocol.HTTP_1_0) {
            option = HeadWriter.ConnectionOption.KEEP_ALIVE;
        }
        long length = framing == BodyFraming.LENGTH ? head.contentLength() : -1;
        ByteBuf out = writer.head(HeadWriter.room(head), framing == BodyFraming.NONE ? 0 : length);
        HeadWriter.write(out, head, framing, option, connection.date());
        writer.begin(framing, length);
        return this;
    }

    @Override
    public Tunnel takeOver(ResponseHead head) {
        over = true;
        BodyFraming framing = BodyFraming.NONE;
        HeadWriter.ConnectionOption option = HeadWriter.ConnectionOption.UPGRADE;
        if (head.status() != 101) {
            head.headers().remove(HeaderName.CONTENT_LENGTH);
            framing = protocol == Protocol.HTTP_1_1 ? BodyFraming.CHUNKED : BodyFraming.UNTIL_CLOSE;
            option = HeadWriter.ConnectionOption.CLOSE;
        }
        ByteBuf out = writer.head(HeadWriter.room(head), 0);
        HeadWriter.write(out, head, framing, option, connection.date());
        writer.writePending();
        exchange = null;
        return connection.handOver();
    }

    private BodyFraming framing(ResponseHead head) {
        if (head.bodiless()) {
            if (head.status() != 304) {
                head.headers().remove(HeaderName.CONTENT_LENGTH);
            }
            return BodyFraming.NONE;
        }
        if (headRequest) {
            return BodyFraming.NONE;
        }
        if (head.headers().contains(HeaderName.CONTENT_LENGTH)) {
            return BodyFraming.LENGTH;
        }
        if (protocol == Protocol.HTTP_1_1) {
            return BodyFraming.CHUNKED;
        }
        connection.closeAfterAnswer();
        return BodyFraming.UNTIL_CLOSE;
    }

    @Override
    public void last() {
        if (!over) {
            connection.closeAfterAnswer();
        }
    }

    @Override
    public void cut() {
        if (!over) {
            over = true;
            connection.cut();
        }
    }

    @Override
    public void piece(ByteBuf piece) {
        if (over) {
            piece.release();
            return;
        }
        if (exchange != null) {
            exchange.countOut(piece.readableBytes());
        }
        writer.piece(piece);
    }

    @Override
    public void flush() {
        if (!over) {
            writer.flush();
        }
    }

    @Override
    public void end(@Nullable Headers trailers) {
        if (!over) {
            over = true;
            connection.answerEnded(writer.end(trailers));
        }
    }

    @Override
    public void abort(Failure why) {
        if (!over && exchange != null) {
            exchange.fail(why);
        }
    }

    @Override
    public boolean writable() {
        return over || writer.writable();
    }

    @Override
    public void onWritable(@Nullable Runnable listener) {
        writableListener = listener;
    }

    void becameWritable() {
        Runnable listener = writableListener;
        if (listener != null && !over) {
            listener.run();
        }
    }
}
