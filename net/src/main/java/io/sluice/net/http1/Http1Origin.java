package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.dial.AnswerListener;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.dial.OriginConnection;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Method;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.loop.Loop;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection to an origin: one call at a time. A connection can carry another call only when the request
/// was written whole, the answer read whole, nothing more has arrived and reading is on. Loop thread only.
public final class Http1Origin extends Http1Endpoint implements OriginConnection {
    public static final String HANDLER = "http1-origin";

    private final ResponseHeadReader reader = new ResponseHeadReader(HeadLimits.REPLY);
    private @Nullable Http1Call call;
    private @Nullable Runnable closeListener;
    private boolean originKeeps = true;
    private boolean inactive;
    private int completedCalls;

    private Http1Origin(Loop loop) {
        super(loop);
    }

    /// Makes an open channel an HTTP/1.1 connection. On the channel's loop; the pipeline may hold a TLS handler.
    public static OriginConnection install(Channel channel, Loop loop) {
        Http1Origin origin = new Http1Origin(loop);
        channel.pipeline().addLast(HANDLER, origin);
        return origin;
    }

    @Override
    public int capacity() {
        return call == null && open() && originKeeps && !readingOff() ? 1 : 0;
    }

    @Override
    public int completedCalls() {
        return completedCalls;
    }

    @Override
    public long announcedIdleNanos() {
        return reader.announcedIdleNanos();
    }

    @Override
    public boolean open() {
        return !inactive && context().channel().isActive();
    }

    @Override
    public void close() {
        context().close();
    }

    @Override
    public void onClose(Runnable listener) {
        closeListener = listener;
    }

    @Override
    public OriginCall send(RequestHead head, long bodyLength, AnswerListener listener) {
        if (call != null) {
            throw new IllegalStateException("connection is busy");
        }
        MessageWriter out = writer();
        Http1Call begun = new Http1Call(this, out, listener, head.method().equals(Method.HEAD));
        call = begun;
        BodyFraming framing = BodyFraming.ofRequest(head.method(), bodyLength);
        HeadWriter.write(out.head(HeadWriter.room(head), bodyLength), head, framing, bodyLength);
        out.begin(framing, bodyLength);
        if (bodyLength == 0) {
            begun.end(null);
        }
        return begun;
    }

    @Override
    void received(ChannelHandlerContext ctx, ByteBuf bytes) {
        input.append(bytes, ctx.alloc());
        Http1Call current = call;
        if (current == null) {
            // Nothing was asked: whatever this is, it is no answer.
            originKeeps = false;
            ctx.close();
            return;
        }
        current.replyStarted();
        advance();
    }

    @Override
    void advance() {
        super.advance();
        if (inactive && !advancing()) {
            afterClose();
        }
    }

    @Override
    boolean step() {
        Http1Call current = call;
        if (current == null) {
            return false;
        }
        IncomingBody arriving = body;
        if (arriving != null) {
            return feed(current, arriving);
        }
        if (input.available() == 0) {
            return false;
        }
        return switch (reader.read(input)) {
            case INCOMPLETE -> false;
            case MALFORMED -> {
                broken("Malformed reply");
                yield false;
            }
            case COMPLETE -> head(current, reader.head());
        };
    }

    private boolean head(Http1Call current, ResponseHead head) {
        if (head.status() == 101) {
            broken("Unasked protocol switch");
            return false;
        }
        if (head.status() < 200) {
            current.listener().informational(head);
            return true;
        }
        originKeeps = reader.keepsConnection();
        IncomingBody arriving = incomingBody(current, head);
        if (arriving == null) {
            current.listener().answered(head, BodySource.empty());
            answerRead(current);
            return false;
        }
        body = arriving;
        current.listener().answered(head, arriving);
        return true;
    }

    private @Nullable IncomingBody incomingBody(Http1Call current, ResponseHead head) {
        Framing framing = reader.framing();
        if (current.headRequest() || head.bodiless()) {
            return null;
        }
        if (framing.announcesBody()) {
            return IncomingBody.ofAnswer(this, framing);
        }
        originKeeps = false;
        head.headers().remove(HeaderName.CONTENT_LENGTH);
        return IncomingBody.untilClose(this);
    }

    private boolean feed(Http1Call current, IncomingBody arriving) {
        return switch (arriving.feed(input)) {
            case COMPLETE -> {
                if (call == current) {
                    answerRead(current);
                }
                yield false;
            }
            case MALFORMED -> {
                broken("Malformed reply body");
                yield false;
            }
            case HUNGRY -> {
                switchReading(true);
                yield false;
            }
            case WAITING -> false;
        };
    }

    private void answerRead(Http1Call current) {
        boolean reusable =
                originKeeps && current.requestWritten() && input.available() == 0 && open();
        call = null;
        body = null;
        current.over();
        if (reusable) {
            completedCalls++;
            switchReading(true);
        } else {
            originKeeps = false;
            context().close();
        }
        current.listener().finished(reusable);
    }

    private void broken(String message) {
        fail(message);
        context().close();
    }

    private void fail(String message) {
        Failure why = Failure.of(FailureKind.BROKEN_REPLY, message);
        Http1Call current = call;
        IncomingBody arriving = body;
        call = null;
        body = null;
        originKeeps = false;
        if (current == null) {
            return;
        }
        current.over();
        if (arriving != null) {
            arriving.broken(why);
            current.listener().finished(false);
        } else {
            current.listener().failed(why, current.replyWasStarted());
        }
    }

    /// The caller gave up: closes without another word to it.
    void cancel(Http1Call cancelled) {
        if (call == cancelled) {
            call = null;
            body = null;
            originKeeps = false;
            context().close();
        }
    }

    @Override
    public void bodyWanted() {
        if (!inactive) {
            switchReading(true);
        }
        advance();
        flushBody();
    }

    @Override
    public void bodyDiscarded() {
        Http1Call current = call;
        if (current != null) {
            current.over();
            cancel(current);
            current.listener().finished(false);
        }
    }

    @Override
    public void bodyBytes(int count) {}

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Http1Call current = call;
        if (current != null && ctx.channel().isWritable()) {
            current.becameWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inactive = true;
        if (!advancing()) {
            afterClose();
        }
        Runnable listener = closeListener;
        closeListener = null;
        if (listener != null) {
            listener.run();
        }
        ctx.fireChannelInactive();
    }

    /// Ends what is under way once the connection is gone; what was read and not yet delivered still is, when its
    /// receiver takes it.
    private void afterClose() {
        IncomingBody arriving = body;
        Http1Call current = call;
        if (current != null && arriving != null && arriving.awaitsClose() && !brokeOff()) {
            if (input.available() > 0 || !arriving.started()) {
                return;
            }
            if (arriving.closed()) {
                answerRead(current);
            }
        }
        fail("Connection to the service closed before the answer was complete");
        input.release();
        writer().release();
    }
}
