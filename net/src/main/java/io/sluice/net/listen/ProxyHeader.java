package io.sluice.net.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.NetUtil;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RefusalListener;
import io.sluice.net.loop.DrainEvent;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Reads the PROXY protocol header of one connection, tells who the peer really is, and leaves. A header that is missing,
/// malformed or late ends the connection without an answer, and is told as refused. Loop thread only.
final class ProxyHeader extends ByteToMessageDecoder {
    /// The signature of version 2; no shorter prefix is decisive for both versions.
    private static final int DECISIVE = 12;

    private static final Failure MALFORMED =
            Failure.of(FailureKind.BAD_REQUEST, "Malformed or missing PROXY header");
    private static final Failure LATE =
            Failure.of(FailureKind.CLIENT_TIMEOUT, "PROXY header did not arrive in time");

    private final ProxyProtocol mode;
    private final Peer direct;
    private final Consumer<Peer> next;
    private final RefusalListener refusals;
    private final Timer clock;
    private boolean begun;
    private boolean refused;

    ProxyHeader(
            ProxyProtocol mode,
            Loop loop,
            Peer direct,
            Duration timeout,
            RefusalListener refusals,
            Consumer<Peer> next) {
        this.mode = mode;
        this.direct = direct;
        this.refusals = refusals;
        this.next = next;
        this.clock = loop.timers().timer(this::expired);
        clock.in(timeout.toNanos());
    }

    private void expired() {
        ChannelHandlerContext ctx = context;
        if (begun) {
            refusals.refused(direct, Protocol.HTTP_1_1, LATE);
        }
        if (ctx != null) {
            ctx.close();
        }
    }

    private void refuse(ChannelHandlerContext ctx) {
        clock.close();
        if (!refused) {
            refused = true;
            refusals.refused(direct, Protocol.HTTP_1_1, MALFORMED);
        }
        ctx.close();
    }

    private @org.jspecify.annotations.Nullable ChannelHandlerContext context;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        begun = true;
        ProtocolDetectionState found = HAProxyMessageDecoder.detectProtocol(in).state();
        if (found == ProtocolDetectionState.NEEDS_MORE_DATA && in.readableBytes() < DECISIVE) {
            return;
        }
        if (found == ProtocolDetectionState.DETECTED) {
            ctx.pipeline()
                    .addAfter(ctx.name(), "proxy-header-decoder", new HAProxyMessageDecoder());
            ctx.pipeline()
                    .addAfter("proxy-header-decoder", "proxy-header-peer", new HeaderPeer(this));
            ctx.pipeline().remove(this);
        } else if (mode == ProxyProtocol.REQUIRED) {
            in.skipBytes(in.readableBytes());
            refuse(ctx);
        } else {
            done(direct);
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == DrainEvent.INSTANCE) {
            ctx.close();
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    private void done(Peer peer) {
        clock.close();
        next.accept(peer);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        clock.close();
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    /// Takes the decoded header. `LOCAL` connections and unknown families keep the direct peer.
    private void decoded(HAProxyMessage message) {
        done(named(message));
    }

    private Peer named(HAProxyMessage message) {
        String source = message.sourceAddress();
        byte[] address = source == null ? null : NetUtil.createByteArrayFromIpAddressString(source);
        if (address == null) {
            return direct;
        }
        try {
            InetSocketAddress remote =
                    new InetSocketAddress(InetAddress.getByAddress(address), message.sourcePort());
            return Peer.of(remote, direct.local()).through(direct.entrance());
        } catch (UnknownHostException impossible) {
            return direct;
        }
    }

    /// Stands behind the decoder until the header came.
    private static final class HeaderPeer extends io.netty.channel.ChannelInboundHandlerAdapter {
        private final ProxyHeader owner;

        HeaderPeer(ProxyHeader owner) {
            this.owner = owner;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HAProxyMessage header) {
                owner.decoded(header);
                header.release();
                ctx.pipeline().remove(this);
            } else {
                ctx.fireChannelRead(message);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            owner.userEventTriggered(ctx, event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            owner.clock.close();
            ctx.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof DecoderException) {
                owner.refuse(ctx);
            } else {
                ctx.close();
            }
        }
    }
}
