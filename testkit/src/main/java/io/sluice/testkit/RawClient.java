package io.sluice.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A blocking client that sends exactly the bytes it is told and reads what comes. Every read ends within
/// the time limit, 30 s unless set otherwise. One test thread at a time may read and one may write. All
/// failures of the socket are [UncheckedIOException]s.
public final class RawClient implements AutoCloseable {
    private static final RawHeaders NO_HEADERS = new RawHeaders(List.of());

    private final Socket socket;
    private final WireReader wire;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.wire = new WireReader(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
    }

    /// Connects to the loopback address.
    public static RawClient connect(int port) {
        return attempt(() -> new RawClient(open(port)));
    }

    /// Connects with a small receive buffer, so that a client that does not read is felt soon.
    public static RawClient connectNarrow(int port, int receiveBufferBytes) {
        return attempt(() -> {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(receiveBufferBytes);
            socket.connect(loopback(port), (int) Patience.LIMIT.toMillis());
            return new RawClient(socket);
        });
    }

    /// Connects and finishes the TLS handshake.
    ///
    /// @param serverName sent as SNI, and what the certificate must be valid for if the context checks it
    /// @param protocols ALPN offer in order; empty for none
    public static RawClient connectTls(
            int port, SSLContext context, String serverName, List<String> protocols) {
        return attempt(() -> {
            Socket plain = open(port);
            plain.setSoTimeout((int) Patience.LIMIT.toMillis());
            SSLSocket secure =
                    (SSLSocket)
                            context.getSocketFactory().createSocket(plain, serverName, port, true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
            secure.setSSLParameters(parameters);
            try {
                secure.startHandshake();
            } catch (IOException e) {
                secure.close();
                throw e;
            }
            return new RawClient(secure);
        });
    }

    private static Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(loopback(port), (int) Patience.LIMIT.toMillis());
        return socket;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// Limit of each single read.
    public RawClient patience(Duration limit) {
        return attempt(() -> {
            socket.setSoTimeout((int) limit.toMillis());
            return this;
        });
    }

    /// Sends the text as ISO 8859-1; line ends are the caller's.
    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) {
        return attempt(() -> {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        });
    }

    /// Sends a request head of these lines, `Host: test` added, and nothing else.
    public RawClient request(String requestLine, String... fields) {
        StringBuilder text = new StringBuilder(requestLine).append("\r\nHost: test\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return send(text.append("\r\n").toString());
    }

    /// Reads one final response with its body; interim ones are skipped. Not for answers to HEAD.
    public RawResponse response() {
        RawResponse head = head();
        while (head.status() < 200 && head.status() != 101) {
            head = head();
        }
        return withBody(head);
    }

    /// Reads one response head, interim or final, and leaves its body unread.
    public RawResponse head() {
        return attempt(() -> {
            String line = wire.line();
            if (line == null) {
                throw new EOFException("connection closed before a response");
            }
            String[] parts = line.split(" ", 3);
            if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
                throw new IOException("not a status line: '" + line + "'");
            }
            String reason = parts.length > 2 ? parts[2] : "";
            int status = Integer.parseInt(parts[1]);
            return new RawResponse(
                    parts[0], status, reason, wire.headers(), new byte[0], NO_HEADERS);
        });
    }

    /// Reads the body that belongs to this head.
    public RawResponse withBody(RawResponse head) {
        return attempt(() -> {
            byte[] body = body(head).readAllBytes();
            return new RawResponse(
                    head.version(),
                    head.status(),
                    head.reason(),
                    head.headers(),
                    body,
                    wire.trailers());
        });
    }

    /// The body that belongs to this head as a stream, for reading it slowly or in part.
    public InputStream body(RawResponse head) {
        boolean none = head.status() < 200 || head.status() == 204 || head.status() == 304;
        return attempt(
                () -> none ? InputStream.nullInputStream() : wire.body(head.headers(), true));
    }

    /// Reads exactly `count` bytes.
    public byte[] bytes(int count) {
        return attempt(() -> {
            byte[] read = wire.stream().readNBytes(count);
            if (read.length < count) {
                throw new EOFException("closed after " + read.length + " of " + count + " bytes");
            }
            return read;
        });
    }

    /// Reads one line up to CRLF, which is not part of it; null when the peer closed.
    public @Nullable String line() {
        try {
            return wire.line();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads until the peer closes or resets, and gives what came before.
    public String untilClosed() {
        StringBuilder text = new StringBuilder();
        try {
            int b = wire.stream().read();
            while (b >= 0) {
                text.append((char) b);
                b = wire.stream().read();
            }
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("not closed in time; read so far: " + text, e);
        } catch (IOException e) {
            // A reset is one way to close.
            return text.toString();
        }
        return text.toString();
    }

    /// Whether the peer has closed or reset within the limit, without anything more to read.
    public boolean closedWithin(Duration limit) {
        try {
            socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
            return wire.stream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// Closes with RST.
    public void reset() {
        attempt(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return this;
        });
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    /// The socket itself, for what has no method here.
    public Socket socket() {
        return socket;
    }

    /// ALPN choice of the server, empty when there is none.
    public String applicationProtocol() {
        return socket instanceof SSLSocket secure ? secure.getApplicationProtocol() : "";
    }

    @Override
    public void close() {
        attempt(() -> {
            socket.close();
            return this;
        });
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private static <T> T attempt(Io<T> io) {
        try {
            return io.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
