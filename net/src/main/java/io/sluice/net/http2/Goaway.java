package io.sluice.net.http2;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;

/// Ends a client's connection in order (RFC 9113 6.8): first a GOAWAY that names no stream, so that requests on their
/// way still count, then one with the last stream taken, then the close once the last stream is done. Loop thread only.
final class Goaway {
    /// Between the two GOAWAYs: more than a round trip.
    private static final long NOTICE_NANOS = 500_000_000L;

    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext ctx;
    private final Timer notice;
    private boolean announced;

    Goaway(Http2ConnectionHandler handler, ChannelHandlerContext ctx, Loop loop) {
        this.handler = handler;
        this.ctx = ctx;
        this.notice = loop.timers().timer(this::now);
    }

    /// Starts to drain; later calls do nothing.
    void announce() {
        if (!announced) {
            announced = true;
            send(Integer.MAX_VALUE);
            notice.in(NOTICE_NANOS);
        }
    }

    /// Takes no further stream from now on.
    void now() {
        announced = true;
        notice.clear();
        send(handler.connection().remote().lastStreamCreated());
        closeWhenDrained();
    }

    void closeWhenDrained() {
        if (announced && !notice.armed() && handler.connection().numActiveStreams() == 0) {
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
    }
}
