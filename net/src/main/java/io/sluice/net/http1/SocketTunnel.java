package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Tunnel;
import io.sluice.net.http.TunnelListener;
import io.sluice.net.loop.DrainEvent;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The one handler of a socket that has left HTTP/1.1. Few fields, as there is one for each idle client. Loop thread
/// only.
final class SocketTunnel extends ChannelInboundHandlerAdapter implements Tunnel {
    static final String NAME = "tunnel";

    /// How much is read and dropped to let the client see the end.
    private static final int DROP_LIMIT = 256 * 1024;

    private final Loop loop;
    private final Peer peer;
    private @Nullable ChannelHandlerContext context;
    private @Nullable DirectSocket direct;
    private @Nullable TunnelListener listener;

    /// What came before there was a listener.
    private @Nullable ByteBuf early;

    private @Nullable Timer closeClock;
    private int dropped;

    /// @param early what was read behind the request; owned
    SocketTunnel(Loop loop, Peer peer, ByteBuf early) {
        this.loop = loop;
        this.peer = peer;
        this.early = early;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext newContext) {
        context = newContext;
        direct = DirectSocket.of(newContext.channel());
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public ByteBufAllocator allocator() {
        return context().alloc();
    }

    @Override
    public void listen(TunnelListener newListener) {
        if (listener != null) {
            throw new IllegalStateException("somebody listens already");
        }
        listener = newListener;
        ByteBuf before = early;
        early = null;
        if (!context().channel().isActive()) {
            release(before);
            loop.executor().execute(this::ended);
        } else if (before != null && before.isReadable()) {
            received(before);
            readComplete();
        } else {
            release(before);
        }
    }

    private static void release(@Nullable ByteBuf bytes) {
        if (bytes != null) {
            bytes.release();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        received((ByteBuf) message);
    }

    private void received(ByteBuf bytes) {
        TunnelListener hears = listener;
        if (closeClock != null) {
            dropped += bytes.readableBytes();
            bytes.release();
            if (dropped > DROP_LIMIT) {
                cut();
            }
        } else if (hears == null) {
            early = early == null ? bytes : Unpooled.wrappedBuffer(early, bytes);
        } else {
            hears.bytes(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        readComplete();
    }

    private void readComplete() {
        if (listener != null && closeClock == null) {
            listener.readComplete();
        }
    }

    @Override
    public void write(ByteBuf bytes) {
        if (closeClock != null) {
            bytes.release();
        } else {
            if (direct != null) {
                direct.queued();
            }
            ChannelHandlerContext ctx = context();
            ctx.write(bytes, ctx.voidPromise());
        }
    }

    @Override
    public @Nullable DirectSocket direct() {
        return direct;
    }

    private void endDirect() {
        if (direct != null) {
            direct.end();
        }
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public long queuedBytes() {
        var buffer = context().channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public void pause() {
        context().channel().config().setAutoRead(false);
    }

    @Override
    public void resume() {
        context().channel().config().setAutoRead(true);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        TunnelListener hears = listener;
        if (hears != null && closeClock == null && ctx.channel().isWritable()) {
            hears.drained();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        TunnelListener hears = listener;
        if (event == DrainEvent.INSTANCE) {
            if (hears == null) {
                cut();
            } else if (closeClock == null) {
                hears.drain();
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void finish() {
        if (closeClock != null || !context().channel().isActive()) {
            return;
        }
        endDirect();
        Timer clock = loop.timers().timer(this::cut);
        clock.in(CLOSE_NANOS);
        closeClock = clock;
        resume();
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this::sent);
    }

    /// Ends our direction; TLS says goodbye with the close of both.
    private void sent(io.netty.util.concurrent.Future<?> sent) {
        ChannelHandlerContext ctx = context();
        if (ctx.channel() instanceof DuplexChannel duplex
                && ctx.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
        } else {
            ctx.close();
        }
    }

    @Override
    public void cut() {
        endDirect();
        ChannelHandlerContext ctx = context();
        if (ctx.channel().isOpen()) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            // From the first handler on, so that TLS does not say goodbye.
            ctx.pipeline().firstContext().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        release(early);
        early = null;
        ended();
        ctx.fireChannelInactive();
    }

    private void ended() {
        Timer clock = closeClock;
        TunnelListener hears = listener;
        listener = null;
        if (clock != null) {
            clock.close();
        }
        if (hears != null) {
            hears.closed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Breakage.tell(cause);
        cut();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
