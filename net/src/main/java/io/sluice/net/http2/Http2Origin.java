package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.sluice.net.dial.AnswerListener;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.dial.OriginConnection;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.RequestHead;
import io.sluice.net.loop.Loop;
import org.jspecify.annotations.Nullable;

/// An HTTP/2 connection to an origin: many calls at once, each an [OriginStream]. Loop thread only.
public final class Http2Origin extends Http2Endpoint<OriginStream> implements OriginConnection {
    /// Every stream may hold its whole window back, so that no call waits because others have slow receivers.
    private static final int CONNECTION_WINDOW = 16 << 20;

    /// What services may answer with: twice the bounds of clients.
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private static final int MAX_FIELDS = 200;
    private static final int CONTROL_FRAMES = 5_000;
    private static final int CONTROL_FRAMES_A_SECOND = 50;

    /// Calls at once until the origin has said what it takes, and at most.
    private static final int ASSUMED_STREAMS = 100;

    private static final int MAX_STREAMS = 1_000;

    /// Ids end at 2^31; a connection that comes near is not used for new calls.
    private static final int LAST_ID = Integer.MAX_VALUE - 2 * MAX_STREAMS;

    private final Loop loop;
    private final OriginPings pings;
    private @Nullable Runnable closeListener;
    private int completedCalls;
    private boolean ended;

    private Http2Origin(Codec codec, Http2Settings settings, OriginPings.Pace pace, Loop loop) {
        super(codec, settings);
        this.loop = loop;
        this.pings = new OriginPings(this, pace, loop);
        connection().addListener(new Ends());
        codec.decoder().frameListener(new OriginFrames(this));
    }

    /// Makes an open channel a connection to an origin, behind TLS if there is any; the preface goes out at once. Fits
    /// [io.sluice.net.dial.OriginCodec].
    public static OriginConnection install(Channel channel, Loop loop) {
        return install(channel, OriginPings.Pace.DEFAULT, loop);
    }

    static OriginConnection install(Channel channel, OriginPings.Pace pace, Loop loop) {
        DefaultHttp2Connection connection = new DefaultHttp2Connection(false);
        FrameBudget control =
                new FrameBudget(CONTROL_FRAMES, CONTROL_FRAMES_A_SECOND, loop.ticker());
        Codec codec = Codec.of(connection, MAX_HEADER_BYTES, MAX_FIELDS, control);
        Http2Settings settings =
                Http2Settings.defaultSettings()
                        .pushEnabled(false)
                        .maxHeaderListSize(MAX_HEADER_BYTES);
        Http2Origin origin = new Http2Origin(codec, settings, pace, loop);
        channel.pipeline().addLast("http2-origin", origin);
        return origin;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        widenWindow(CONNECTION_WINDOW);
        wire().flushSoon();
        pings.start();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        pings.heard();
        super.channelRead(ctx, message);
    }

    /// The origin did not even answer a PING: whoever waits for it fails now.
    void silent() {
        close();
    }

    @Override
    public int capacity() {
        if (!open()) {
            return 0;
        }
        int limit =
                decoder().prefaceReceived()
                        ? Math.min(connection().local().maxActiveStreams(), MAX_STREAMS)
                        : ASSUMED_STREAMS;
        return Math.max(0, limit - connection().local().numActiveStreams());
    }

    @Override
    public int completedCalls() {
        return completedCalls;
    }

    void callCompleted() {
        completedCalls++;
    }

    @Override
    public OriginCall send(RequestHead head, long bodyLength, AnswerListener listener) {
        boolean room = capacity() > 0;
        int id = room ? connection().local().incrementAndGetNextStreamId() : 0;
        OriginStream call = new OriginStream(this, id, head.method(), listener);
        if (room) {
            announce(head, bodyLength);
            call.open(head, bodyLength);
        }
        Http2Stream stream = room ? connection().stream(id) : null;
        if (stream == null) {
            // The connection is leaving or the origin lowered its limit: the request never left.
            loop.executor().execute(() -> call.closed(true));
        } else {
            attach(stream, call);
            if (id > LAST_ID) {
                noMoreCalls();
            }
        }
        return call;
    }

    private static void announce(RequestHead head, long bodyLength) {
        boolean wanted = bodyLength > 0 || bodyLength == 0 && head.method().announcesNoBody();
        if (wanted) {
            head.headers().set(HeaderName.CONTENT_LENGTH, Long.toString(bodyLength));
        } else {
            head.headers().remove(HeaderName.CONTENT_LENGTH);
        }
    }

    @Override
    public void close() {
        noMoreCalls();
        context().close();
    }

    @Override
    public boolean open() {
        return !ended && context().channel().isActive() && !connection().goAwayReceived();
    }

    @Override
    public void onClose(Runnable listener) {
        closeListener = listener;
        if (ended) {
            loop.executor().execute(this::tellClosed);
        }
    }

    private void noMoreCalls() {
        ended = true;
        tellClosed();
    }

    private void tellClosed() {
        Runnable listener = closeListener;
        closeListener = null;
        if (listener != null) {
            listener.run();
        }
    }

    private void closeWhenUnused() {
        if (ended && connection().numActiveStreams() == 0) {
            context().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        ended = true;
        pings.stop();
        super.channelInactive(ctx);
        tellClosed();
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            @Nullable Http2Exception error) {
        noMoreCalls();
        ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        noMoreCalls();
        ctx.close();
    }

    /// Ends calls with their streams, and the connection with its last call once it is leaving.
    private final class Ends extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream stream) {
            OriginStream closed = of(stream);
            if (closed != null) {
                boolean unprocessed =
                        connection().goAwayReceived()
                                && stream.id() > connection().local().lastStreamKnownByPeer();
                closed.closed(unprocessed);
            }
        }

        @Override
        public void onStreamRemoved(Http2Stream stream) {
            closeWhenUnused();
        }

        @Override
        public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
            noMoreCalls();
            loop.executor().execute(Http2Origin.this::closeWhenUnused);
        }
    }
}
