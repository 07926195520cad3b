package io.sluice.net.http2;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sluice.core.fail.Failure;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Peer;
import io.sluice.net.loop.DrainEvent;
import io.sluice.net.loop.Loop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A loopback HTTP/2 listener with prior knowledge, one loop, around a handler.
final class Http2Fixture implements AutoCloseable {
    final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    final BlockingQueue<Failure> refusals = new LinkedBlockingQueue<>();
    final AtomicInteger handled = new AtomicInteger();
    final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    final Loop loop;
    private final Channel listener;

    Http2Fixture(Handler handler) {
        this(handler, Http2Limits.DEFAULT, Ticker.system());
    }

    Http2Fixture(Handler handler, Http2Limits limits, Ticker ticker) {
        loop = new Loop((EventLoop) group.next(), ticker, 0);
        Http2Side side =
                new Http2Side(
                        limits,
                        exchange -> handle(handler, exchange),
                        (peer, protocol, failure) -> refusals.add(failure),
                        1);
        listener =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childOption(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(32 * 1024, 64 * 1024))
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        accepted.add(channel);
                                        Peer peer =
                                                Peer.of(
                                                        (InetSocketAddress) channel.remoteAddress(),
                                                        (InetSocketAddress) channel.localAddress());
                                        Http2Pipeline.install(channel.pipeline(), side, loop, peer);
                                    }
                                })
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
    }

    private void handle(Handler handler, Exchange exchange) {
        handled.incrementAndGet();
        exchange.onEnd((ended, how) -> endings.add(how));
        handler.handle(exchange);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    Ending ending() throws InterruptedException {
        Ending how = endings.poll(30, TimeUnit.SECONDS);
        if (how == null) {
            throw new AssertionError("no exchange ended within 10 s");
        }
        return how;
    }

    void drain() {
        tell(DrainEvent.INSTANCE);
    }

    void tell(Object event) {
        for (Channel channel : accepted) {
            channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(event));
        }
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        List<Channel> open = List.copyOf(accepted);
        accepted.close().syncUninterruptibly();
        for (Channel channel : open) {
            channel.eventLoop().submit(() -> {}).syncUninterruptibly();
        }
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
