package io.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a client and a server on the loopback address and breaks what passes. The fault in force
/// may be changed at any time and also takes hold of connections already open. Two virtual threads per
/// connection.
public final class TcpFaultProxy implements AutoCloseable {
    private final int target;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile TcpFault fault = new TcpFault.Pass();

    private TcpFaultProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    /// Starts on a free port in front of `target` on the loopback address.
    public static TcpFaultProxy before(int target) {
        try {
            return new TcpFaultProxy(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Puts a fault in force. [TcpFault.Down] and [TcpFault.Reset] also end what is open.
    public void set(TcpFault next) {
        fault = next;
        switch (next) {
            case TcpFault.Down _ -> links.forEach(Link::close);
            case TcpFault.Reset _ -> links.forEach(Link::reset);
            case TcpFault.Pass _,
                    TcpFault.Stall _,
                    TcpFault.BlackHole _,
                    TcpFault.Slice _,
                    TcpFault.Lag _,
                    TcpFault.Cut _ -> {}
        }
    }

    public int accepted() {
        return accepted.get();
    }

    public int open() {
        return links.size();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        links.forEach(Link::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> link(client));
            }
        } catch (IOException e) {
            // Closed: that is how accepting ends.
        }
    }

    private void link(Socket client) {
        switch (fault) {
            case TcpFault.Down _ -> closeQuietly(client);
            case TcpFault.Reset _ -> resetQuietly(client);
            case TcpFault.Pass _,
                    TcpFault.Stall _,
                    TcpFault.BlackHole _,
                    TcpFault.Slice _,
                    TcpFault.Lag _,
                    TcpFault.Cut _ ->
                    join(client);
        }
    }

    private void join(Socket client) {
        Socket server = new Socket();
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 30_000);
        } catch (IOException e) {
            resetQuietly(client);
            closeQuietly(server);
            return;
        }
        Link link = new Link(client, server);
        links.add(link);
        Thread.ofVirtual().start(() -> pump(link, client, server));
        pump(link, server, client);
    }

    private void pump(Link link, Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        long passed = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                passed += count;
                deliver(link, out, buffer, count, passed);
                count = in.read(buffer);
            }
            to.shutdownOutput();
            link.halfDone();
        } catch (IOException e) {
            link.reset();
        }
        if (link.done()) {
            links.remove(link);
        }
    }

    private void deliver(Link link, OutputStream out, byte[] buffer, int count, long passed)
            throws IOException {
        switch (fault) {
            case TcpFault.Pass _ -> out.write(buffer, 0, count);
            case TcpFault.BlackHole _ -> {}
            case TcpFault.Stall _ -> {
                while (fault instanceof TcpFault.Stall && link.alive()) {
                    sleep(Duration.ofMillis(5));
                }
                out.write(buffer, 0, count);
            }
            case TcpFault.Slice slice -> {
                for (int i = 0; i < count; i += slice.bytes()) {
                    out.write(buffer, i, Math.min(slice.bytes(), count - i));
                    out.flush();
                    sleep(slice.pause());
                }
            }
            case TcpFault.Lag lag -> {
                sleep(lag.by());
                out.write(buffer, 0, count);
            }
            case TcpFault.Cut cut -> {
                long allowed = count - Math.max(0, passed - cut.afterBytes());
                out.write(buffer, 0, (int) Math.max(0, allowed));
                if (passed >= cut.afterBytes()) {
                    link.close();
                }
            }
            case TcpFault.Down _ -> link.close();
            case TcpFault.Reset _ -> link.reset();
        }
    }

    private static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // Already broken is as good as closed.
        }
    }

    private static void resetQuietly(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Already closed.
        }
        closeQuietly(socket);
    }

    /// Both sockets of one connection.
    private static final class Link {
        private final Socket client;
        private final Socket server;
        private final AtomicInteger halves = new AtomicInteger();

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void halfDone() {
            if (halves.incrementAndGet() == 2) {
                close();
            }
        }

        boolean alive() {
            return !client.isClosed() && !server.isClosed();
        }

        boolean done() {
            return !alive();
        }

        void close() {
            closeQuietly(client);
            closeQuietly(server);
        }

        void reset() {
            resetQuietly(client);
            resetQuietly(server);
        }
    }
}
