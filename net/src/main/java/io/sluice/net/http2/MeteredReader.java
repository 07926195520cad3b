package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Counts frames that make the receiver work and carry nothing, as they come off the wire and whatever stream they
/// name: SETTINGS, PING, their acknowledgements, PRIORITY, WINDOW_UPDATE, RST_STREAM, GOAWAY, unknown ones, empty DATA.
/// Without budget the connection ends with ENHANCE_YOUR_CALM. Takes [LateFrames] out.
final class MeteredReader implements Http2FrameReader {
    /// HEADERS of 16 KiB and more never need more than a few; each below 8 KiB counts as small.
    private static final int MAX_SMALL_CONTINUATIONS = 16;

    private final DefaultHttp2FrameReader reader;
    private final FrameBudget budget;
    private @Nullable Meter meter;
    private @Nullable LateFrames late;

    MeteredReader(Http2HeadersDecoder headers, FrameBudget budget) {
        this.reader = new DefaultHttp2FrameReader(headers, MAX_SMALL_CONTINUATIONS);
        this.budget = budget;
    }

    void dropLate(LateFrames frames) {
        late = frames;
    }

    @Override
    public void readFrame(ChannelHandlerContext ctx, ByteBuf input, Http2FrameListener listener)
            throws Http2Exception {
        Meter current = meter;
        if (current == null || !current.inner.equals(listener)) {
            current = new Meter(listener, budget, Objects.requireNonNull(late));
            meter = current;
        }
        reader.readFrame(ctx, input, current);
    }

    @Override
    public Configuration configuration() {
        return reader.configuration();
    }

    @Override
    public void close() {
        reader.close();
    }

    private static final class Meter extends Http2FrameListenerDecorator {
        private final Http2FrameListener inner;
        private final FrameBudget budget;
        private final LateFrames late;

        Meter(Http2FrameListener inner, FrameBudget budget, LateFrames late) {
            super(inner);
            this.inner = inner;
            this.budget = budget;
            this.late = late;
        }

        private void spend() throws Http2Exception {
            if (!budget.spend()) {
                throw Http2Exception.connectionError(
                        Http2Error.ENHANCE_YOUR_CALM, "too many control frames");
            }
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end)
                throws Http2Exception {
            if (data.isReadable() || end) {
                budget.earn(1);
            } else {
                spend();
            }
            boolean dropped = late.drops(id) && late.takes(data, padding, end);
            return dropped ? 0 : super.onDataRead(ctx, id, data, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end)
                throws Http2Exception {
            if (!late.takesHeaders(id, end)) {
                super.onHeadersRead(ctx, id, headers, padding, end);
            }
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
            if (!late.takesHeaders(id, end)) {
                super.onHeadersRead(ctx, id, headers, dependency, weight, exclusive, padding, end);
            }
        }

        @Override
        public void onPriorityRead(
                ChannelHandlerContext ctx, int id, int dependency, short weight, boolean exclusive)
                throws Http2Exception {
            spend();
            super.onPriorityRead(ctx, id, dependency, weight, exclusive);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code)
                throws Http2Exception {
            spend();
            if (!late.drops(id)) {
                super.onRstStreamRead(ctx, id, code);
            }
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
                throws Http2Exception {
            spend();
            super.onSettingsRead(ctx, settings);
        }

        @Override
        public void onSettingsAckRead(ChannelHandlerContext ctx) throws Http2Exception {
            spend();
            super.onSettingsAckRead(ctx);
        }

        @Override
        public void onGoAwayRead(
                ChannelHandlerContext ctx, int lastStream, long code, ByteBuf debugData)
                throws Http2Exception {
            spend();
            super.onGoAwayRead(ctx, lastStream, code, debugData);
        }

        @Override
        public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
            spend();
            super.onPingRead(ctx, data);
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
            spend();
            super.onPingAckRead(ctx, data);
        }

        @Override
        public void onWindowUpdateRead(ChannelHandlerContext ctx, int id, int increment)
                throws Http2Exception {
            spend();
            if (!late.drops(id)) {
                super.onWindowUpdateRead(ctx, id, increment);
            }
        }

        @Override
        public void onUnknownFrame(
                ChannelHandlerContext ctx, byte type, int id, Http2Flags flags, ByteBuf payload)
                throws Http2Exception {
            spend();
            super.onUnknownFrame(ctx, type, id, flags, payload);
        }
    }
}
