package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;

/// Hears the frames of one connection, behind the codec's state checks, and feeds DATA to its streams. Loop thread
/// only.
abstract sealed class StreamFrames<S extends StreamFrames.Fed> extends Http2EventAdapter
        permits ServerFrames, OriginFrames {

    /// A stream whose body arrives.
    interface Fed {
        /// Takes a DATA frame.
        ///
        /// @return how many of its bytes go back to the sender's window at once
        int data(ByteBuf data, boolean end) throws Http2Exception;

        /// The connection has no more at hand for now: what was delivered should go out.
        void readComplete();
    }

    private final Http2Endpoint<S> endpoint;
    private final List<S> fed = new ArrayList<>();

    StreamFrames(Http2Endpoint<S> endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public final void onHeadersRead(
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
    public final int onDataRead(
            ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end)
            throws Http2Exception {
        S open = endpoint.stream(id);
        if (open == null) {
            return data.readableBytes() + padding;
        }
        int taken = open.data(data, end);
        if (!end) {
            fed.add(open);
        }
        return taken + padding;
    }

    /// Sends on what this read round brought.
    final void readComplete() {
        for (int i = 0; i < fed.size(); i++) {
            fed.get(i).readComplete();
        }
        fed.clear();
    }
}
