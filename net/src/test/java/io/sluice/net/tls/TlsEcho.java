package io.sluice.net.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sluice.core.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A loopback listener behind [ServerTls] that sends back what it gets.
final class TlsEcho implements AutoCloseable {
    final BlockingQueue<Negotiated> handshakes = new LinkedBlockingQueue<>();
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;
    private final ServerTls tls;

    TlsEcho(ServerTls tls) {
        this.tls = tls;
        this.listener =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        accepted.add(channel);
                                        tls.install(
                                                channel.pipeline(),
                                                negotiated -> {
                                                    handshakes.add(negotiated);
                                                    channel.pipeline().addLast(new Echo());
                                                });
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
    }

    /// With these settings, on the clock of the system.
    static TlsEcho with(ServerTlsConfig config) {
        TlsFindings findings = new TlsFindings();
        ServerTls tls = load(config, findings);
        return new TlsEcho(Objects.requireNonNull(tls, () -> "refused: " + findings.all()));
    }

    /// What these settings make, on the clock of the system; null when they are refused.
    static @Nullable ServerTls load(ServerTlsConfig config, TlsFindings findings) {
        return ServerTls.load(
                config, AlpnOffer.EITHER, Ticker.system(), HandshakeListener.NONE, findings);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    Negotiated handshake() throws InterruptedException {
        Negotiated negotiated = handshakes.poll(30, TimeUnit.SECONDS);
        if (negotiated == null) {
            throw new AssertionError("no handshake came through within 30 s");
        }
        return negotiated;
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        // Handlers free native memory when they are removed, which a loop that shuts down may skip.
        List<Channel> open = List.copyOf(accepted);
        accepted.close().syncUninterruptibly();
        for (Channel channel : open) {
            channel.eventLoop().submit(() -> {}).syncUninterruptibly();
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        tls.close();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }
    }
}
