package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One end of an HTTP/2 connection, whichever side it is on: knows its streams, frames its read rounds and holds what
/// they write with. Loop thread only.
abstract sealed class Http2Endpoint<S extends StreamFrames.Fed> extends Http2ConnectionHandler
        permits Http2ServerConnection, Http2Origin {
    private final Http2Connection.PropertyKey key;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Http2Wire wire;

    Http2Endpoint(Codec codec, Http2Settings settings) {
        super(codec.decoder(), codec.encoder(), settings, true);
        this.key = connection().newKey();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        wire = new Http2Wire(this, ctx);
        super.handlerAdded(ctx);
    }

    /// Lets the other side send this many bytes over all streams before any of them is taken.
    final void widenWindow(int bytes) throws Http2Exception {
        int more = bytes - Http2CodecUtil.DEFAULT_WINDOW_SIZE;
        decoder().flowController().incrementWindowSize(connection().connectionStream(), more);
    }

    /// Its code says why; the codec's texts, which name classes and quote what came, stay here.
    @Override
    public final ChannelFuture goAway(
            ChannelHandlerContext ctx,
            int lastStream,
            long code,
            ByteBuf debugData,
            ChannelPromise promise) {
        debugData.release();
        return super.goAway(ctx, lastStream, code, Unpooled.EMPTY_BUFFER, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        wire().readRoundBegins();
        super.channelRead(ctx, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        ((StreamFrames<?>) decoder().frameListener()).readComplete();
        wire().readRoundEnds();
        super.channelReadComplete(ctx);
    }

    final void attach(Http2Stream stream, S of) {
        stream.setProperty(key, of);
    }

    final @Nullable S of(@Nullable Http2Stream stream) {
        return stream == null ? null : stream.<S>getProperty(key);
    }

    final @Nullable S stream(int id) {
        return of(connection().stream(id));
    }

    final Http2Wire wire() {
        return Objects.requireNonNull(wire);
    }

    final ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
