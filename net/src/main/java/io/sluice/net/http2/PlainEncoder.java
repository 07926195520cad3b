package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/// Netty's frame encoder without HPACK's dynamic table and with a bound on control replies that wait.
///
/// Without the table nothing is looked up or remembered per field, and no field keeps the head it came from alive; the
/// price is some bytes per answer. A peer's small MAX_HEADER_LIST_SIZE, which is advice, is not a reason to fail an
/// answer that is already there.
final class PlainEncoder extends DecoratingHttp2ConnectionEncoder {
    /// Replies to PING, SETTINGS and bad frames that may wait for a peer that does not read.
    private static final int MAX_WAITING_REPLIES = 1000;

    private final ChannelFutureListener replyDone = this::replyWritten;
    private final FrameBudget budget;
    private @Nullable Http2LifecycleManager lifecycle;
    private int waitingReplies;

    private PlainEncoder(DefaultHttp2ConnectionEncoder encoder, FrameBudget budget) {
        super(encoder);
        this.budget = budget;
    }

    static PlainEncoder create(Http2Connection connection, FrameBudget budget) {
        DefaultHttp2HeadersEncoder headers =
                new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true);
        try {
            headers.maxHeaderTableSize(0);
        } catch (Http2Exception impossible) {
            throw new IllegalStateException("0 is a legal table size", impossible);
        }
        return new PlainEncoder(
                new DefaultHttp2ConnectionEncoder(connection, new DefaultHttp2FrameWriter(headers)),
                budget);
    }

    @Override
    public void lifecycleManager(Http2LifecycleManager manager) {
        lifecycle = manager;
        super.lifecycleManager(manager);
    }

    @Override
    public void remoteSettings(Http2Settings settings) throws Http2Exception {
        settings.remove(Http2CodecUtil.SETTINGS_HEADER_TABLE_SIZE);
        super.remoteSettings(settings);
    }

    /// DATA that goes out makes WINDOW_UPDATEs legitimate that come back.
    @Override
    public ChannelFuture writeData(
            ChannelHandlerContext ctx,
            int id,
            ByteBuf data,
            int padding,
            boolean end,
            ChannelPromise promise) {
        budget.earn(3 + (data.readableBytes() >> 11));
        return super.writeData(ctx, id, data, padding, end, promise);
    }

    @Override
    public ChannelFuture writeSettingsAck(ChannelHandlerContext ctx, ChannelPromise promise) {
        return super.writeSettingsAck(ctx, reply(ctx, promise));
    }

    @Override
    public ChannelFuture writePing(
            ChannelHandlerContext ctx, boolean ack, long data, ChannelPromise promise) {
        return super.writePing(ctx, ack, data, ack ? reply(ctx, promise) : promise);
    }

    @Override
    public ChannelFuture writeRstStream(
            ChannelHandlerContext ctx, int id, long code, ChannelPromise promise) {
        return super.writeRstStream(ctx, id, code, reply(ctx, promise));
    }

    private ChannelPromise reply(ChannelHandlerContext ctx, ChannelPromise promise) {
        waitingReplies++;
        Http2LifecycleManager manager = lifecycle;
        if (waitingReplies == MAX_WAITING_REPLIES && manager != null) {
            manager.onError(
                    ctx,
                    false,
                    Http2Exception.connectionError(
                            Http2Error.ENHANCE_YOUR_CALM, "too many replies wait"));
        }
        return promise.unvoid().addListener(replyDone);
    }

    private void replyWritten(ChannelFuture written) {
        waitingReplies--;
    }
}
