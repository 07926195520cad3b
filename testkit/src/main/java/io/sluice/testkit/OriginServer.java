package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/// A real HTTP/1.1 server on the loopback address, one virtual thread per connection. Answers every path
/// as [OriginHandlers#echo] says unless a handler was set for the path. Handlers, refusing and counting
/// may be changed at any time from any thread.
public final class OriginServer implements AutoCloseable {
    private final String name;
    private final Tls tls;
    private final FreePorts ports = new FreePorts();
    private final int port;
    private final OriginCounts counts = new OriginCounts();
    private final Map<String, OriginHandler> handlers = new ConcurrentHashMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Queue<OriginRequest> seen = new ConcurrentLinkedQueue<>();
    private volatile OriginHandler otherwise;
    private volatile int requestsPerConnection = Integer.MAX_VALUE;
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    private record Tls(@Nullable SSLContext context, ClientCertificate clientCertificate) {}

    /// Whether a TLS origin asks its clients for a certificate.
    public enum ClientCertificate {
        NONE,
        WANTED,
        NEEDED
    }

    private OriginServer(String name, Tls tls) {
        this.name = name;
        this.tls = tls;
        this.otherwise = OriginHandlers.echo(name);
        this.port = ports.next();
        listen();
    }

    /// Starts on a free port, in the clear.
    ///
    /// @param name what the origin calls itself in its answers
    public static OriginServer start(String name) {
        return new OriginServer(name, new Tls(null, ClientCertificate.NONE));
    }

    /// Starts on a free port with TLS.
    public static OriginServer startTls(
            String name, SSLContext context, ClientCertificate clientCertificate) {
        return new OriginServer(name, new Tls(context, clientCertificate));
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public OriginCounts counts() {
        return counts;
    }

    /// Every request so far, in order of arrival; their bodies belong to the handlers.
    public List<OriginRequest> seen() {
        return List.copyOf(seen);
    }

    /// What to do for a path (without query) from now on.
    public OriginServer on(String path, OriginHandler handler) {
        handlers.put(path, handler);
        return this;
    }

    /// What to do for every path without a handler of its own.
    public OriginServer otherwise(OriginHandler handler) {
        otherwise = handler;
        return this;
    }

    /// Closes each connection after so many answers, without announcing it: a pooled connection goes stale.
    public OriginServer requestsPerConnection(int limit) {
        requestsPerConnection = limit;
        return this;
    }

    /// Stops listening, so that new connections are refused; open ones live on. The port stays this server's.
    public synchronized void refuse() {
        ServerSocket open = listener;
        if (open != null) {
            closeQuietly(open);
            listener = null;
            awaitAcceptor();
        }
    }

    /// The system goes on accepting until the thread that accepts has let go of the socket.
    private void awaitAcceptor() {
        Thread ending = acceptor;
        try {
            if (ending != null) {
                ending.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Listens again on the same port after [#refuse].
    public synchronized void acceptAgain() {
        if (listener == null) {
            listen();
        }
    }

    /// Closes every open connection: with FIN, without waiting for requests.
    public void dropConnections() {
        sockets.forEach(OriginServer::closeQuietly);
    }

    @Override
    public void close() {
        refuse();
        dropConnections();
        ports.close();
    }

    int requestsPerConnection() {
        return requestsPerConnection;
    }

    OriginHandler handlerFor(OriginRequest request) {
        return handlers.getOrDefault(request.path(), otherwise);
    }

    void remember(OriginRequest request) {
        seen.add(request);
    }

    void forget(Socket socket) {
        sockets.remove(socket);
    }

    private synchronized void listen() {
        try {
            ServerSocket socket = create();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
            listener = socket;
            acceptor = Thread.ofVirtual().name("origin-" + name).start(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocket create() throws IOException {
        SSLContext context = tls.context();
        if (context == null) {
            return new ServerSocket();
        }
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        switch (tls.clientCertificate()) {
            case NONE -> {}
            case WANTED -> socket.setWantClientAuth(true);
            case NEEDED -> socket.setNeedClientAuth(true);
        }
        return socket;
    }

    private void accept(ServerSocket open) {
        try {
            while (true) {
                Socket socket = open.accept();
                sockets.add(socket);
                int number = counts.connections.incrementAndGet();
                Thread.ofVirtual().start(new OriginConnection(socket, this, number));
            }
        } catch (IOException e) {
            // The listener was closed; that is how accepting ends.
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // Already broken is as good as closed.
        }
    }
}
