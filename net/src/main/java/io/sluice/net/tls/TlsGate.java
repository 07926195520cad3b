package io.sluice.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.Mapping;
import io.sluice.core.time.Ticker;
import io.sluice.net.loop.DrainEvent;
import io.sluice.net.loop.Transport;
import io.sluice.net.tls.Negotiated.Speaks;
import java.nio.channels.ClosedChannelException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands behind the TLS handler of an accepted connection until the handshake is done, then tells the outcome and
/// leaves. A handshake that fails closes the connection without a word, since the peer caused it and TLS sent the
/// alert; it is told to the listener once and logged at DEBUG once.
final class TlsGate extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(TlsGate.class);

    private final Consumer<Negotiated> ready;
    private final HandshakeListener failures;
    private @Nullable String serverName;
    private boolean over;

    TlsGate(Consumer<Negotiated> ready, HandshakeListener failures) {
        this.ready = ready;
        this.failures = failures;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SniCompletionEvent sni when sni.isSuccess() -> serverName = sni.hostname();
            case SslHandshakeCompletionEvent done when done.isSuccess() -> open(ctx);
            case SslHandshakeCompletionEvent failed -> fail(ctx, failed.cause());
            case SniCompletionEvent failed -> fail(ctx, failed.cause());
            case DrainEvent.INSTANCE -> {
                // Nothing was asked yet. Our doing, so no failed handshake.
                over = true;
                ctx.close();
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (!over) {
            over = true;
            HandshakeFailure reason = HandshakeFailure.of(cause);
            failures.failed(reason);
            LOG.atDebug()
                    .addKeyValue("peer", ctx.channel().remoteAddress())
                    .addKeyValue("reason", reason.label())
                    .addKeyValue("cause", cause.toString())
                    .log("TLS handshake with a client failed");
        }
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, new ClosedChannelException());
        ctx.fireChannelInactive();
    }

    private void open(ChannelHandlerContext ctx) {
        over = true;
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls == null) {
            ctx.close();
            return;
        }
        // The end of the handshake leaves us nothing to send. A client that gathers small packets
        // holds its first request back until that end is acknowledged.
        Transport.acknowledge(ctx.channel());
        Speaks speaks =
                ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())
                        ? Speaks.HTTP_2
                        : Speaks.HTTP_1;
        ready.accept(new Negotiated(serverName, certificate(tls), speaks));
        ctx.pipeline().remove(this);
    }

    private static @Nullable X509Certificate certificate(SslHandler tls) {
        if (!tls.engine().getNeedClientAuth() && !tls.engine().getWantClientAuth()) {
            return null;
        }
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? leaf : null;
        } catch (SSLPeerUnverifiedException noneGiven) {
            return null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause);
    }

    /// Chooses the context by server name and hands the rest of the handshake time to the TLS handler, so that both
    /// stages together stay within one limit.
    static final class NameChoice extends SniHandler {
        /// A ClientHello with post-quantum key shares and a ticket is below 4 KiB; the length field could claim 16 MiB.
        private static final int MAX_CLIENT_HELLO = 16 * 1024;

        private final Ticker ticker;
        private final long deadline;

        NameChoice(Mapping<String, SslContext> contexts, long timeoutMillis, Ticker ticker) {
            super(contexts, MAX_CLIENT_HELLO, timeoutMillis);
            this.ticker = ticker;
            this.deadline = ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        }

        @Override
        protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
            SslHandler handler = super.newSslHandler(context, allocator);
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - ticker.nanos());
            handler.setHandshakeTimeoutMillis(Math.max(left, 1));
            return handler;
        }
    }
}
