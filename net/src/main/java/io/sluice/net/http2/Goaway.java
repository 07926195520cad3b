package io.sluice.net.http2;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;

/// Ends a client's connection in order (RFC 9113 6.8): first a GOAWAY that names no stream, so that requests on their
/// way still count, then one with the last stream taken, and once the last stream is done a PING. Its acknowledgement
/// tells that the client has read everything. A close before that would destroy what is still on its way to a slow
/// client, as soon as it sends any frame, such as the WINDOW_UPDATE for what it has read. Loop thread only.
final class Goaway {
    /// Between the two GOAWAYs: more than a round trip.
    private static final long NOTICE_NANOS = 500_000_000L;

    /// How long a client may send nothing at all while the acknowledgement is waited for.
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /// What the PING says.
    private static final long LAST = 0x676f6f64627965L;

    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext ctx;
    private final Timer notice;
    private final Timer patience;
    private boolean announced;
    private boolean asked;

    Goaway(Http2ConnectionHandler handler, ChannelHandlerContext ctx, Loop loop) {
        this.handler = handler;
        this.ctx = ctx;
        this.notice = loop.timers().timer(this::last);
        this.patience = loop.timers().timer(ctx::close);
    }

    /// Starts to drain; later calls do nothing.
    void announce() {
        if (!announced) {
            announced = true;
            send(Integer.MAX_VALUE);
            notice.in(NOTICE_NANOS);
        }
    }

    /// Ends a connection on which nothing is under way, and nothing can be on its way either.
    void now() {
        announced = true;
        notice.clear();
        send(handler.connection().remote().lastStreamCreated());
        ctx.close();
    }

    /// Takes no further stream from now on.
    private void last() {
        send(handler.connection().remote().lastStreamCreated());
        closeWhenDrained();
    }

    void closeWhenDrained() {
        boolean drained = handler.connection().numActiveStreams() == 0;
        if (announced && !notice.armed() && drained && !asked) {
            asked = true;
            handler.encoder().writePing(ctx, false, LAST, ctx.newPromise());
            handler.flush(ctx);
            patience.in(PATIENCE_NANOS);
        }
    }

    /// The client sent something.
    void heard() {
        if (asked) {
            patience.in(PATIENCE_NANOS);
        }
    }

    /// The client acknowledged a PING.
    void acknowledged(long data) {
        if (asked && data == LAST) {
            ctx.close();
        }
    }

    private void send(int lastStream) {
        handler.goAway(
                ctx,
                lastStream,
                Http2Error.NO_ERROR.code(),
                Unpooled.EMPTY_BUFFER,
                ctx.newPromise());
        handler.flush(ctx);
    }

    void release() {
        notice.close();
        patience.close();
    }
}
