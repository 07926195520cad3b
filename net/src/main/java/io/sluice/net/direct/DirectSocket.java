package io.sluice.net.direct;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The socket of one connection in the clear, for bytes that can leave at once. A write and flush through the channel
/// costs most of a microsecond of pipeline, queue entry and reference counts besides the system call; where nothing waits
/// in the channel's queue, none of that is needed. Loop thread only.
public final class DirectSocket {
    private final Channel channel;
    private final Socket socket;

    /// Something may wait in the channel's queue.
    private boolean queued = true;

    private boolean ended;

    /// The round of [DirectSends] in which it was a receiver last.
    int addedIn;

    private DirectSocket(Channel channel, Socket socket) {
        this.channel = channel;
        this.socket = socket;
    }

    /// The socket below a channel; null where bytes must take the way through its pipeline: TLS, or another transport
    /// than epoll.
    public static @Nullable DirectSocket of(Channel channel) {
        return channel instanceof EpollSocketChannel epoll
                        && epoll.fd() instanceof Socket socket
                        && channel.pipeline().get(SslHandler.class) == null
                ? new DirectSocket(channel, socket)
                : null;
    }

    /// Something was written to the channel; until it has left, everything else goes behind it.
    public void queued() {
        queued = true;
    }

    /// Nothing is sent this way any more.
    public void end() {
        ended = true;
        queued = true;
    }

    /// Whether bytes can leave at once: nothing waits in the channel's queue, and [#end] was not called.
    public boolean isReady() {
        return (!queued || drained()) && socket.isOpen();
    }

    int descriptor() {
        return socket.intValue();
    }

    /// Sends bytes as far as the system takes them. The buffer stays the caller's, its indices as they are. What was not
    /// taken must be written to the channel, which also deals with a broken connection.
    ///
    /// @param from index of the first byte
    /// @param to index behind the last byte
    /// @return how many were taken; 0 when something is queued before them, or after [#end]
    public int send(ByteBuf bytes, int from, int to) {
        return isReady() && bytes.hasMemoryAddress() ? send(bytes.memoryAddress(), from, to) : 0;
    }

    int send(long address, int from, int to) {
        try {
            return Math.max(0, socket.sendAddress(address, from, to));
        } catch (IOException broken) {
            return 0;
        }
    }

    private boolean drained() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        queued = ended || queue == null || queue.totalPendingWriteBytes() > 0;
        return !queued;
    }
}
