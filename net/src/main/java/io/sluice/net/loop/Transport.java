package io.sluice.net.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Locale;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// How sockets are driven. Epoll is the default where it works, NIO everywhere else; io_uring by option only.
public enum Transport {
    EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class, EpollDatagramChannel.class),
    IO_URING(
            IoUringSocketChannel.class,
            IoUringServerSocketChannel.class,
            IoUringDatagramChannel.class),
    NIO(NioSocketChannel.class, NioServerSocketChannel.class, NioDatagramChannel.class);

    /// TCP_CLOSE of the kernel's states of a connection (include/net/tcp_states.h).
    private static final int CLOSED = 7;

    private final Class<? extends Channel> channel;
    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends DatagramChannel> datagramChannel;

    Transport(
            Class<? extends Channel> channel,
            Class<? extends ServerChannel> serverChannel,
            Class<? extends DatagramChannel> datagramChannel) {
        this.channel = channel;
        this.serverChannel = serverChannel;
        this.datagramChannel = datagramChannel;
    }

    /// The best transport of this machine.
    public static Transport preferred() {
        return EPOLL.available() ? EPOLL : NIO;
    }

    /// Whether this machine can use it: the right system, kernel and native library.
    public boolean available() {
        return switch (this) {
            case EPOLL -> Epoll.isAvailable();
            case IO_URING -> IoUring.isAvailable();
            case NIO -> true;
        };
    }

    /// As in metrics: `epoll`, `io_uring`, `nio`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    IoHandlerFactory handlers() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case IO_URING -> IoUringIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    /// The option of a socket that bounds, in milliseconds, how long its peer may acknowledge nothing (RFC 5482); null
    /// where it cannot be set.
    public @Nullable ChannelOption<Integer> vanishedTimeout() {
        return switch (this) {
            case EPOLL -> EpollChannelOption.TCP_USER_TIMEOUT;
            case IO_URING -> IoUringChannelOption.TCP_USER_TIMEOUT;
            case NIO -> null;
        };
    }

    /// The option of a socket that says after how many seconds without traffic its peer is asked whether it is still
    /// there (RFC 1122 4.2.3.6).
    public ChannelOption<Integer> keepAliveIdle() {
        return switch (this) {
            case EPOLL -> EpollChannelOption.TCP_KEEPIDLE;
            case IO_URING -> IoUringChannelOption.TCP_KEEPIDLE;
            case NIO -> NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE);
        };
    }

    /// The option of a socket that says how many seconds pass between such questions that nobody answers.
    public ChannelOption<Integer> keepAliveInterval() {
        return switch (this) {
            case EPOLL -> EpollChannelOption.TCP_KEEPINTVL;
            case IO_URING -> IoUringChannelOption.TCP_KEEPINTVL;
            case NIO -> NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL);
        };
    }

    public Class<? extends Channel> channel() {
        return channel;
    }

    public Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    public Class<? extends DatagramChannel> datagramChannel() {
        return datagramChannel;
    }

    /// Acknowledges at once what this connection has received, where the kernel offers it; it would wait up to 40 ms for
    /// something to send along. For moments when a peer that gathers small packets (RFC 1122 4.2.3.4) waits for nothing
    /// else. One system call; on the connection's loop.
    public static void acknowledge(Channel channel) {
        switch (channel) {
            case EpollSocketChannel epoll ->
                    epoll.config().setOption(EpollChannelOption.TCP_QUICKACK, true);
            case IoUringSocketChannel uring ->
                    uring.config().setOption(IoUringChannelOption.TCP_QUICKACK, true);
            default -> {}
        }
    }

    /// Whether the peer has reset a connection, although what it sent before may still be unread; false where the kernel
    /// does not tell. One system call; on the connection's loop.
    static boolean isReset(Channel channel) {
        return switch (channel) {
            case EpollSocketChannel epoll -> epoll.tcpInfo().state() == CLOSED;
            case IoUringSocketChannel uring -> uring.tcpInfo().state() == CLOSED;
            default -> false;
        };
    }
}
