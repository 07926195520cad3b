package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Ports that nobody else is given while they are held. A held port is bound but does not listen, so
/// connecting is refused, while a server that binds with `SO_REUSEADDR` (the default of Java and Netty on
/// Linux) may take it over without a gap. Closing gives the ports back.
public final class FreePorts implements AutoCloseable {
    private final List<SocketChannel> held = new ArrayList<>();

    /// Holds one more port of the loopback address.
    public synchronized int next() {
        try {
            SocketChannel channel = SocketChannel.open();
            held.add(channel);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        for (SocketChannel channel : held) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        held.clear();
    }
}
