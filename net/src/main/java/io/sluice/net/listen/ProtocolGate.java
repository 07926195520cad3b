package io.sluice.net.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RefusalListener;
import io.sluice.net.loop.DrainEvent;
import io.sluice.net.loop.HeadBegan;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tells HTTP/2 with prior knowledge from HTTP/1.1 by the first bytes of a connection in the clear (RFC 9113 3.4), then
/// installs the protocol and leaves. Bytes that had to wait here count for the clock of the request head. Loop thread
/// only.
final class ProtocolGate extends ChannelInboundHandlerAdapter {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Failure SLOW_PREFACE =
            Failure.of(FailureKind.CLIENT_TIMEOUT, "Connection preface did not arrive in time");

    private final ProtocolStart http1;
    private final ProtocolStart http2;
    private final RefusalListener refusals;
    private final Loop loop;
    private final Peer peer;
    private final Timer clock;
    private final Duration prefaceTimeout;
    private @Nullable ByteBuf seen;
    private boolean begun;
    private long deadline;
    private @Nullable ChannelHandlerContext context;

    /// @param firstByte how long a connection may say nothing
    /// @param prefaceTimeout from the first byte until the protocol is known
    ProtocolGate(
            Protocols protocols,
            RefusalListener refusals,
            Loop loop,
            Peer peer,
            Duration firstByte,
            Duration prefaceTimeout) {
        this.http1 = protocols.http1();
        this.http2 = protocols.http2();
        this.refusals = refusals;
        this.loop = loop;
        this.peer = peer;
        this.prefaceTimeout = prefaceTimeout;
        this.clock = loop.timers().timer(this::expired);
        clock.in(firstByte.toNanos());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext newContext) {
        context = newContext;
    }

    private void expired() {
        ChannelHandlerContext ctx = context;
        if (seen != null) {
            refusals.refused(peer, Protocol.HTTP_2, SLOW_PREFACE);
        }
        if (ctx != null) {
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = join(ctx, (ByteBuf) message);
        int length = Math.min(bytes.readableBytes(), PREFACE.length);
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[i]) {
                choose(ctx, http1, bytes);
                return;
            }
        }
        if (length == PREFACE.length) {
            choose(ctx, http2, bytes);
        } else {
            if (!begun) {
                begun = true;
                deadline = loop.ticker().nanos() + prefaceTimeout.toNanos();
                clock.in(prefaceTimeout.toNanos());
            }
            seen = bytes;
        }
    }

    private ByteBuf join(ChannelHandlerContext ctx, ByteBuf more) {
        ByteBuf before = seen;
        if (before == null) {
            return more;
        }
        ByteBuf joined = ctx.alloc().buffer(before.readableBytes() + more.readableBytes());
        joined.writeBytes(before).writeBytes(more);
        before.release();
        more.release();
        seen = null;
        return joined;
    }

    private void choose(ChannelHandlerContext ctx, ProtocolStart protocol, ByteBuf bytes) {
        seen = null;
        clock.close();
        protocol.start(ctx.pipeline(), loop, peer);
        if (begun) {
            ctx.fireUserEventTriggered(
                    new HeadBegan(Math.max(1, deadline - loop.ticker().nanos())));
        }
        ctx.fireChannelRead(bytes);
        ctx.pipeline().remove(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == DrainEvent.INSTANCE) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ByteBuf left = seen;
        seen = null;
        clock.close();
        if (left != null) {
            left.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
