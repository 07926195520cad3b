package io.sluice.net.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/// Hears the frames of an origin's connection, behind the codec's state checks, and hands them to their calls. Loop
/// thread only.
final class OriginFrames extends StreamFrames<OriginStream> {
    private final Http2Origin origin;

    OriginFrames(Http2Origin origin) {
        super(origin);
        this.origin = origin;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        OriginStream call = origin.stream(id);
        if (call == null) {
            return;
        }
        if (call.answered()) {
            call.trailers((FieldBlock) headers);
        } else {
            call.head((FieldBlock) headers, end);
        }
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
        OriginStream call = origin.stream(id);
        if (call != null) {
            call.reset(code);
        }
    }
}
