package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import io.sluice.net.http.Peer;
import io.sluice.net.loop.DrainEvent;
import io.sluice.net.loop.HeadBegan;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection of a client: life cycle, clocks, budgets, flushing. Frames go to [ServerFrames], streams are
/// [ServerStream]s. Loop thread only.
final class Http2ServerConnection extends Http2Endpoint<ServerStream> {
    /// Control frames at once and a second. A flood of any speed that matters ends within 10,000 frames.
    private static final int CONTROL_FRAMES = 5_000;

    private static final int CONTROL_FRAMES_A_SECOND = 50;

    /// Streams that ended early, by the client's reset or its fault, at once and a second.
    private static final int PREMATURE_ENDS = 250;

    private static final int PREMATURE_ENDS_A_SECOND = 10;

    /// Looks in one `idleTimeout` where no answer counts as stalled; an idle connection lives one of them longer at most.
    private static final int IDLE_LOOKS = 4;

    /// How long a GOAWAY may take to leave before the connection is closed without.
    private static final long LAST_WORDS_NANOS = 1_000_000_000L;

    /// Length of the client's preface (RFC 9113 3.4).
    private static final int PREFACE_BYTES = 24;

    private final Http2Side side;
    private final Loop loop;
    private final Peer peer;
    private final FrameBudget control;
    private final FrameBudget prematureEnds;
    private final Http2Clocks clocks;
    private final Timer clock;
    private final Timer bodyClock;
    private final Timer lastWords;
    private final Timer headClock;
    private final HeadWatch heads;
    private final Refusals refusals;
    private final LateFrames late;
    private @Nullable Goaway goaway;
    private long idleSince;

    private Http2ServerConnection(
            Codec codec,
            Http2Settings settings,
            FrameBudget control,
            Http2Side side,
            Loop loop,
            Peer peer) {
        super(codec, settings);
        this.late = codec.late();
        this.control = control;
        this.side = side;
        this.loop = loop;
        this.peer = peer;
        this.prematureEnds =
                new FrameBudget(PREMATURE_ENDS, PREMATURE_ENDS_A_SECOND, loop.ticker());
        this.clocks = side.limits().clocks();
        this.clock = loop.timers().timer(this::look);
        this.bodyClock = loop.timers().timer(this::lookAtBodies);
        this.lastWords = loop.timers().timer(() -> context().close());
        this.headClock = loop.timers().timer(this::headLate);
        this.heads = new HeadWatch(headClock, clocks.headTimeout().toNanos(), PREFACE_BYTES);
        this.refusals = new Refusals(side.refusals(), peer);
        this.idleSince = loop.ticker().nanos();
        connection().addListener(new Ends());
        codec.decoder().frameListener(new ServerFrames(this));
    }

    static Http2ServerConnection create(Http2Side side, Loop loop, Peer peer) {
        Http2Limits limits = side.limits();
        DefaultHttp2Connection connection = new DefaultHttp2Connection(true);
        // In force at once, not only when the client has acknowledged it.
        connection.remote().maxActiveStreams(limits.maxStreams());
        FrameBudget control =
                new FrameBudget(CONTROL_FRAMES, CONTROL_FRAMES_A_SECOND, loop.ticker());
        Codec codec = Codec.of(connection, limits.maxHeaderBytes(), limits.maxFields(), control);
        Http2Settings settings =
                Http2Settings.defaultSettings()
                        .maxConcurrentStreams(limits.maxStreams())
                        .maxHeaderListSize(limits.maxHeaderBytes())
                        .connectProtocolEnabled(true);
        return new Http2ServerConnection(codec, settings, control, side, loop, peer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        goaway = new Goaway(this, ctx, loop);
        super.handlerAdded(ctx);
        widenWindow(side.limits().connectionWindow());
        ctx.flush();
        clock.in(clocks.headTimeout().toNanos());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        clock.close();
        bodyClock.close();
        lastWords.close();
        headClock.close();
        goaway().release();
        super.handlerRemoved0(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof ByteBuf bytes) {
            heads.read(bytes);
        }
        goaway().heard();
        super.channelRead(ctx, message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == DrainEvent.INSTANCE) {
            goaway().announce();
            forEachStream(ServerStream::drain);
        } else if (event instanceof HeadBegan began && !decoder().prefaceReceived()) {
            clock.in(began.leftNanos());
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    private void look() {
        if (!decoder().prefaceReceived()) {
            headLate();
            return;
        }
        long idleNanos = clocks.idleTimeout().toNanos();
        long stallNanos = clocks.stallTimeout().toNanos();
        if (connection().numActiveStreams() == 0) {
            if (loop.ticker().nanos() - idleSince >= idleNanos) {
                goaway().now();
                return;
            }
        } else if (stallNanos > 0) {
            forEachStream(ServerStream::lookAtAnswer);
        }
        clock.in(
                stallNanos > 0
                        ? Math.min(stallNanos / ServerStream.STALLED_LOOKS, idleNanos)
                        : Math.max(1, idleNanos / IDLE_LOOKS));
    }

    /// A request with a body begins.
    void bodyBegins() {
        if (!bodyClock.armed() && clocks.minBodyRate() > 0 && !clocks.bodyWindow().isZero()) {
            bodyClock.in(clocks.bodyWindow().toNanos() / StreamBody.WINDOW_LOOKS);
        }
    }

    private void lookAtBodies() {
        long wanted = clocks.minBodyRate() * clocks.bodyWindow().toNanos() / 1_000_000_000L;
        forEachStream(stream -> stream.lookAtBody(wanted));
        if (connection().numActiveStreams() > 0) {
            bodyBegins();
        }
    }

    private void headLate() {
        refusals.late();
        context().close();
    }

    private void forEachStream(Consumer<ServerStream> each) {
        try {
            connection()
                    .forEachActiveStream(stream -> {
                        ServerStream of = of(stream);
                        if (of != null) {
                            each.accept(of);
                        }
                        return true;
                    });
        } catch (Http2Exception broken) {
            onError(context(), true, broken);
        }
    }

    /// Counts a stream that ended early through the client.
    void prematureEnd() throws Http2Exception {
        if (!prematureEnds.spend()) {
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "too many streams ended early");
        }
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            Http2Exception.StreamException error) {
        super.onStreamError(ctx, outbound, cause, error);
        if (!outbound) {
            refusals.of(error);
        }
        // A refused stream cost little and the client may not have known the limit yet.
        boolean refused = error.error() == Http2Error.REFUSED_STREAM;
        if (!outbound && refused) {
            late.refused(error.streamId());
        }
        FrameBudget budget = refused ? control : prematureEnds;
        if (!outbound && !budget.spend()) {
            onConnectionError(
                    ctx,
                    false,
                    cause,
                    Http2Exception.connectionError(
                            Http2Error.ENHANCE_YOUR_CALM, "too many streams ended early"));
        }
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            @Nullable Http2Exception error) {
        if (lastWords.armed()) {
            return;
        }
        lastWords.in(LAST_WORDS_NANOS);
        if (!outbound) {
            refusals.of(error);
        }
        super.onConnectionError(ctx, outbound, cause, error);
        ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (Http2Exception.class.isInstance(cause) || cause.getCause() instanceof Http2Exception) {
            onError(ctx, false, cause);
        } else {
            ctx.close();
        }
    }

    Http2Side side() {
        return side;
    }

    Loop loop() {
        return loop;
    }

    Peer peer() {
        return peer;
    }

    AsciiString date() {
        return side.date(loop);
    }

    Goaway goaway() {
        return Objects.requireNonNull(goaway);
    }

    /// Ends exchanges with their streams.
    private final class Ends extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream stream) {
            ServerStream ended = of(stream);
            if (ended != null) {
                ended.closed(!stream.isResetSent() && context().channel().isActive());
            }
            if (connection().numActiveStreams() == 0) {
                idleSince = loop.ticker().nanos();
            }
        }

        @Override
        public void onStreamRemoved(Http2Stream stream) {
            goaway().closeWhenDrained();
        }
    }
}
