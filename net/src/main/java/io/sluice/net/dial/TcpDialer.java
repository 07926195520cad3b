package io.sluice.net.dial;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Transport;
import io.sluice.net.tls.ClientContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Dials over TCP, with TLS where the origin wants it, on the asking loop. Names are resolved without blocking, by DNS
/// and the hosts file; the answers are cached for their time to live. The addresses of a name take turns, and where one does
/// not take the connection the next one is asked.
public final class TcpDialer implements Dialer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpDialer.class);
    private static final long WARNING_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LEAST_HANDSHAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Failure UNREACHABLE =
            Failure.of(FailureKind.CONNECT_FAILED, "Could not connect to the service");
    private static final Failure NOT_SECURED =
            Failure.of(FailureKind.CONNECT_FAILED, "The TLS handshake with the service failed");
    private static final Failure NOT_SECURED_IN_TIME =
            Failure.of(
                    FailureKind.CONNECT_FAILED, "The TLS handshake with the service took too long");
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final Transport transport;
    private final int keepAliveSeconds;
    private final OriginCodec http1;
    private final OriginCodec http2;
    private final AddressResolverGroup<InetSocketAddress> resolver;

    /// Which of a name's addresses is the next to be asked first.
    private final AtomicInteger turn = new AtomicInteger();

    /// When the next handshake that fails may be told as a warning; in the ticker's time, 0 for at once.
    private final AtomicLong nextWarning = new AtomicLong();

    /// With the keep-alive of the system.
    public TcpDialer(Transport transport, OriginCodec http1, OriginCodec http2) {
        this(transport, Duration.ZERO, http1, http2);
    }

    /// @param keepAlive without traffic until a peer is asked whether it is still there, and between such questions; in
    ///     whole seconds, 0 for what the system does
    public TcpDialer(
            Transport transport, Duration keepAlive, OriginCodec http1, OriginCodec http2) {
        this(
                transport,
                keepAlive,
                http1,
                http2,
                new DnsNameResolverBuilder().datagramChannelType(transport.datagramChannel()));
    }

    /// @param names how names are resolved
    TcpDialer(
            Transport transport,
            Duration keepAlive,
            OriginCodec http1,
            OriginCodec http2,
            DnsNameResolverBuilder names) {
        this.transport = transport;
        this.keepAliveSeconds = (int) keepAlive.toSeconds();
        this.http1 = http1;
        this.http2 = http2;
        this.resolver = new DnsAddressResolverGroup(names);
    }

    @Override
    public void dial(Origin origin, Loop loop, DialListener listener) {
        long deadline = loop.ticker().nanos() + origin.connectTimeout().toNanos();
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(origin.host());
        if (literal != null) {
            List<InetSocketAddress> only = List.of(address(literal, origin.port()));
            new Dial(origin, loop, deadline, only, listener).connect(0);
            return;
        }
        resolver.getResolver(loop.executor())
                .resolveAll(InetSocketAddress.createUnresolved(origin.host(), origin.port()))
                .addListener((Future<List<InetSocketAddress>> found) ->
                        loop.executor()
                                .execute(() -> {
                                    if (found.isSuccess()) {
                                        List<InetSocketAddress> all =
                                                AddressOrder.from(
                                                        found.getNow(), turn.getAndIncrement());
                                        new Dial(origin, loop, deadline, all, listener).connect(0);
                                    } else {
                                        failed(origin, found.cause(), UNREACHABLE, listener);
                                    }
                                }));
    }

    private static InetSocketAddress address(byte[] literal, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(literal), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("literal of a length no address has", impossible);
        }
    }

    /// Connects to one address after the other until one takes the connection. Each gets an even part of the time left,
    /// so that one which says nothing leaves some to the others.
    private final class Dial {
        private final Origin origin;
        private final Loop loop;
        private final long deadline;
        private final List<InetSocketAddress> addresses;
        private final DialListener listener;

        Dial(
                Origin origin,
                Loop loop,
                long deadline,
                List<InetSocketAddress> addresses,
                DialListener listener) {
            this.origin = origin;
            this.loop = loop;
            this.deadline = deadline;
            this.addresses = addresses;
            this.listener = listener;
        }

        void connect(int index) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - loop.ticker().nanos());
            long part = Math.max(1, left / (addresses.size() - index));
            bootstrap(loop, (int) part)
                    .connect(addresses.get(index))
                    .addListener((ChannelFuture connected) -> {
                        if (connected.isSuccess()) {
                            opened(connected.channel());
                        } else if (index + 1 < addresses.size()) {
                            connect(index + 1);
                        } else {
                            failed(origin, connected.cause(), UNREACHABLE, listener);
                        }
                    });
        }

        private void opened(Channel channel) {
            if (origin.tls() == null) {
                listener.connected(clear(origin, channel, loop));
            } else {
                secure(origin, origin.tls(), channel, loop, deadline, listener);
            }
        }
    }

    private Bootstrap bootstrap(Loop loop, int connectMillis) {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop.executor())
                        .channel(transport.channel())
                        .resolver(NoopAddressResolverGroup.INSTANCE)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                        // A service that refuses an upload and hangs up is heard first.
                        .option(ChannelOption.AUTO_CLOSE, false)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                        .handler(new Adoption(loop));
        if (keepAliveSeconds > 0) {
            bootstrap
                    .option(transport.keepAliveIdle(), keepAliveSeconds)
                    .option(transport.keepAliveInterval(), keepAliveSeconds);
        }
        return bootstrap;
    }

    private static final class Adoption extends ChannelInitializer<Channel> {
        private final Loop loop;

        Adoption(Loop loop) {
            this.loop = loop;
        }

        @Override
        protected void initChannel(Channel channel) {
            loop.adopt(channel);
        }
    }

    private OriginConnection clear(Origin origin, Channel channel, Loop loop) {
        boolean priorKnowledge = origin.speaks() == Origin.Speaks.HTTP_2;
        return (priorKnowledge ? http2 : http1).install(channel, loop);
    }

    private void secure(
            Origin origin,
            ClientContext context,
            Channel channel,
            Loop loop,
            long deadline,
            DialListener listener) {
        String name = origin.serverName() == null ? origin.host() : origin.serverName();
        SslHandler tls = context.handler(channel.alloc(), name, origin.port());
        long left = Math.max(LEAST_HANDSHAKE_NANOS, deadline - loop.ticker().nanos());
        long own = context.handshakeTimeout().toNanos();
        tls.setHandshakeTimeout(own > 0 ? Math.min(own, left) : left, TimeUnit.NANOSECONDS);
        channel.pipeline().addLast("tls", tls);
        tls.handshakeFuture()
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        channel.close();
                        warn(origin, name, done.cause(), loop.ticker().nanos());
                        boolean late = done.cause() instanceof SslHandshakeTimeoutException;
                        failed(
                                origin,
                                done.cause(),
                                late ? NOT_SECURED_IN_TIME : NOT_SECURED,
                                listener);
                        return;
                    }
                    boolean h2 = ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
                    listener.connected((h2 ? http2 : http1).install(channel, loop));
                });
    }

    /// A handshake fails for what somebody must put right, usually a certificate: worth a warning, but not one for every
    /// request.
    private void warn(Origin origin, String name, @Nullable Throwable cause, long now) {
        long due = nextWarning.get();
        if ((due == 0 || now - due >= 0)
                && nextWarning.compareAndSet(due, now + WARNING_EVERY_NANOS)) {
            LOG.atWarn()
                    .addKeyValue("origin", origin.host() + ":" + origin.port())
                    .addKeyValue("name", name)
                    .addKeyValue("reason", root(cause))
                    .log("TLS handshake with a service failed");
        }
    }

    /// What the TLS library wrapped, which is what says anything.
    private static String root(@Nullable Throwable wrapped) {
        Throwable cause = wrapped;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause);
    }

    private static void failed(
            Origin origin, @Nullable Throwable cause, Failure failure, DialListener listener) {
        LOG.atDebug()
                .addKeyValue("origin", origin.host() + ":" + origin.port())
                .addKeyValue("cause", String.valueOf(cause))
                .log("Connecting to a service failed");
        listener.failed(failure);
    }

    @Override
    public void close() {
        resolver.close();
    }
}
