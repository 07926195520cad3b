package io.sluice.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One accepted connection of an origin, served on one virtual thread.
final class OriginConnection implements Runnable {
    private final Socket socket;
    private final OriginServer server;
    private final int number;

    OriginConnection(Socket socket, OriginServer server, int number) {
        this.socket = socket;
        this.server = server;
        this.number = number;
    }

    @Override
    public void run() {
        OriginCounts counts = server.counts();
        counts.openConnections.incrementAndGet();
        try (socket) {
            serve();
        } catch (IOException e) {
            // The peer went away or sent no HTTP; the counts tell the test.
        } finally {
            counts.openConnections.decrementAndGet();
            server.forget(socket);
        }
    }

    private void serve() throws IOException {
        socket.setTcpNoDelay(true);
        PushbackInputStream in =
                new PushbackInputStream(new BufferedInputStream(socket.getInputStream(), 65536), 1);
        WireReader wire = new WireReader(in);
        String certificate = clientCertificate();
        int ordinal = 0;
        boolean more = true;
        while (more) {
            String line = wire.line();
            if (line == null) {
                return;
            }
            ordinal++;
            more = serveOne(line, wire, in, certificate, ordinal);
        }
    }

    private boolean serveOne(
            String line,
            WireReader wire,
            PushbackInputStream in,
            @Nullable String certificate,
            int ordinal)
            throws IOException {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3) {
            throw new IOException("not a request line: '" + line + "'");
        }
        RawHeaders headers = wire.headers();
        InputStream body = wire.body(headers, false);
        if (headers.lists("Expect", "100-continue")) {
            body = new ContinuedBody(body, socket);
        }
        OriginRequest request =
                new OriginRequest(
                        parts[0], parts[1], parts[2], headers, body, certificate, number, ordinal);
        OriginReply reply = new OriginReply(socket, in);
        answer(request, reply);
        boolean last = headers.lists("Connection", "close") || parts[2].equals("HTTP/1.0");
        if (last || !reply.keepAlive() || ordinal >= server.requestsPerConnection()) {
            return false;
        }
        request.body().skip(Long.MAX_VALUE);
        return true;
    }

    private void answer(OriginRequest request, OriginReply reply) throws IOException {
        OriginCounts counts = server.counts();
        counts.requests.incrementAndGet();
        counts.openRequests.incrementAndGet();
        server.remember(request);
        try {
            server.handlerFor(request).handle(request, reply);
        } finally {
            // In this order: whoever sees no open request sees all that were cancelled.
            if (!reply.isComplete()) {
                counts.cancelled.incrementAndGet();
            }
            counts.openRequests.decrementAndGet();
        }
    }

    private @Nullable String clientCertificate() throws IOException {
        if (!(socket instanceof SSLSocket secure)) {
            return null;
        }
        secure.startHandshake();
        try {
            return secure.getSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /// Tells the client to go on when the handler first reads.
    private static final class ContinuedBody extends InputStream {
        private static final byte[] CONTINUE =
                "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        private final InputStream body;
        private final Socket socket;
        private boolean told;

        ContinuedBody(InputStream body, Socket socket) {
            this.body = body;
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            tell();
            return body.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            tell();
            return body.read(target, offset, length);
        }

        @Override
        public long skip(long count) throws IOException {
            return told ? body.skip(count) : 0;
        }

        private void tell() throws IOException {
            if (!told) {
                told = true;
                socket.getOutputStream().write(CONTINUE);
                socket.getOutputStream().flush();
            }
        }
    }
}
