package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;

/// Hears the frames of an origin's connection, behind the codec's state checks, and hands them to their calls. Loop
/// thread only.
final class OriginFrames extends Http2EventAdapter {
    private final Http2Origin origin;
    private final List<OriginStream> fed = new ArrayList<>();

    OriginFrames(Http2Origin origin) {
        this.origin = origin;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int id,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        onHeadersRead(ctx, id, headers, padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        OriginStream call = origin.call(id);
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
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end)
            throws Http2Exception {
        OriginStream call = origin.call(id);
        if (call == null) {
            return data.readableBytes() + padding;
        }
        int taken = call.data(data, end);
        if (!end) {
            fed.add(call);
        }
        return taken + padding;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
        OriginStream call = origin.call(id);
        if (call != null) {
            call.reset(code);
        }
    }

    /// Sends on what this read round brought.
    void readComplete() {
        for (int i = 0; i < fed.size(); i++) {
            fed.get(i).readComplete();
        }
        fed.clear();
    }
}
