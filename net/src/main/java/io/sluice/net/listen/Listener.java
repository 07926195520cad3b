package io.sluice.net.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sluice.net.http.Entrance;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RefusalListener;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Loops;
import io.sluice.net.tls.Negotiated;
import io.sluice.net.tls.ServerTls;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// One bound address and the connections accepted on it. Made, bound and closed by the start-up thread; connections
/// live on their loops.
public final class Listener {
    public static final String PROXY_HEADER = "proxy-protocol";
    public static final String PROTOCOL_GATE = "protocol-gate";

    private static final int BACKLOG = 4096;

    /// Connections accepted in one pass of the loop: so many that a line forms where it is seen and cut short, and not in
    /// the kernel, where clients wait unseen until they have given up; so few that others wait 50 ms for it at most.
    private static final int ACCEPTED_AT_ONCE = 1024;

    /// Between these marks of unsent bytes a connection is told to stop and to go on.
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final ListenerConfig config;
    private final Loops loops;
    private final Protocols protocols;
    private final RefusalListener refusals;
    private final HeaderRefusals headerRefusals;
    private final @Nullable ServerTls tls;
    private final Entrance entrance;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean draining;
    private @Nullable Channel server;

    /// @param refusals told of connections over the limit and of those that never say which protocol they speak
    public Listener(
            ListenerConfig config,
            Loops loops,
            Protocols protocols,
            RefusalListener refusals,
            @Nullable ServerTls tls) {
        this.config = config;
        this.loops = loops;
        this.protocols = protocols;
        this.refusals = refusals;
        this.headerRefusals = new HeaderRefusals(refusals, loops.ticker());
        this.tls = tls;
        this.entrance = new Entrance(config.host(), config.port());
    }

    /// Binds and accepts from now on. Blocks until bound.
    ///
    /// @throws BindException when the address is in use or not ours
    public void bind() {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.transport().serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, acceptance())
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        accepted(channel);
                                    }
                                });
        ChannelOption<Integer> vanished = loops.transport().vanishedTimeout();
        if (vanished != null) {
            long millis = config.timeouts().vanishedTimeout().toMillis();
            bootstrap.childOption(vanished, Math.clamp(millis, 0, Integer.MAX_VALUE));
        }
        ChannelFuture bound = bootstrap.bind(config.host(), config.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new BindException(config.host(), config.port(), bound.cause());
        }
        server = bound.channel();
    }

    /// Accepts until nobody is left. Netty's own ends after the first connection with epoll: it takes the number of the
    /// descriptor for the number of bytes that it asked for.
    private static RecvByteBufAllocator acceptance() {
        ServerChannelRecvByteBufAllocator all = new ServerChannelRecvByteBufAllocator();
        all.respectMaybeMoreData(false).maxMessagesPerRead(ACCEPTED_AT_ONCE);
        return all;
    }

    private void accepted(Channel channel) {
        if (draining) {
            channel.close();
            return;
        }
        if (connections.size() >= config.limits().maxConnections()) {
            refusals.refused(peer(channel), Protocol.HTTP_1_1, Overload.FAILURE);
            Overload.refuse(channel);
            return;
        }
        Loop loop = loops.of(channel.eventLoop());
        if (loop.isInVain(channel)) {
            channel.close();
            return;
        }
        connections.add(channel);
        if (draining) {
            // Since it was asked: the drain may not have seen this one.
            channel.close();
            return;
        }
        loop.adopt(channel);
        Peer peer = peer(channel);
        if (config.proxyProtocol() == ProxyProtocol.OFF) {
            greet(channel.pipeline(), loop, peer);
        } else {
            channel.pipeline()
                    .addLast(
                            PROXY_HEADER,
                            new ProxyHeader(
                                    config.proxyProtocol(),
                                    loop,
                                    peer,
                                    config.timeouts().headerTimeout(),
                                    headerRefusals,
                                    named -> greet(channel.pipeline(), loop, named)));
        }
    }

    private Peer peer(Channel channel) {
        return Peer.of(
                        (InetSocketAddress) channel.remoteAddress(),
                        (InetSocketAddress) channel.localAddress())
                .through(entrance);
    }

    private void greet(ChannelPipeline pipeline, Loop loop, Peer peer) {
        ServerTls secured = tls;
        if (secured != null) {
            secured.install(pipeline, negotiated -> start(negotiated, pipeline, loop, peer));
        } else if (config.enableHTTP2()) {
            pipeline.addLast(
                    PROTOCOL_GATE,
                    new ProtocolGate(
                            protocols,
                            refusals,
                            loop,
                            peer,
                            config.timeouts().idleTimeout(),
                            config.timeouts().headerTimeout()));
        } else {
            protocols.http1().start(pipeline, loop, peer);
        }
    }

    private void start(Negotiated negotiated, ChannelPipeline pipeline, Loop loop, Peer peer) {
        ProtocolStart protocol =
                negotiated.speaks() == Negotiated.Speaks.HTTP_2
                        ? protocols.http2()
                        : protocols.http1();
        protocol.start(pipeline, loop, negotiated.secure(peer));
    }

    /// The address in use, with the real port.
    public InetSocketAddress address() {
        Channel bound = server;
        if (bound == null) {
            throw new IllegalStateException("not bound");
        }
        return (InetSocketAddress) bound.localAddress();
    }

    public boolean secured() {
        return tls != null;
    }

    /// Connections open now. Any thread.
    public int connections() {
        return connections.size();
    }

    /// Stops accepting and tells every connection to finish what it has under way and then close.
    public void drain() {
        Departures all = stopAccepting();
        int _ = all.tell(all.left());
    }

    /// Stops accepting. Connections live on until they are told to go.
    public Departures stopAccepting() {
        draining = true;
        Channel bound = server;
        if (bound != null) {
            bound.close().awaitUninterruptibly();
        }
        return new Departures(connections);
    }

    /// Cuts every connection. Blocks until they are closed.
    public void close() {
        draining = true;
        Channel bound = server;
        if (bound != null) {
            bound.close().awaitUninterruptibly();
        }
        connections.close().awaitUninterruptibly();
    }
}
