package io.sluice.testkit;

import io.netty.handler.codec.http2.Http2Exception;
import io.sluice.testkit.RawHttp2.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// WebSockets on the streams of one HTTP/2 connection (RFC 8441), the client's end. Frames are sent as they are told;
/// windows are kept open, settings and pings of HTTP/2 are answered. Limits are those of [RawHttp2]. One test thread at
/// a time.
public final class Http2Sockets implements AutoCloseable {
    private static final int ENABLE_CONNECT_PROTOCOL = 8;
    private static final int ACK = 1;

    private final RawHttp2 http;
    private final String scheme;
    private final Map<Integer, Stream> streams = new TreeMap<>();
    private boolean offered;
    private boolean goAway;

    private Http2Sockets(RawHttp2 http, String scheme) throws IOException, Http2Exception {
        this.http = http;
        this.scheme = scheme;
        http.settings().send();
        while (!offered) {
            take(http.read());
        }
    }

    /// In the clear, by prior knowledge.
    public static Http2Sockets clear(int port) throws IOException, Http2Exception {
        return new Http2Sockets(new RawHttp2(port), "http");
    }

    /// Over TLS, with HTTP/2 as the only protocol offered by ALPN.
    public static Http2Sockets tls(int port, SSLContext context)
            throws IOException, Http2Exception {
        RawClient secure = RawClient.connectTls(port, context, "localhost", List.of("h2"));
        if (!secure.applicationProtocol().equals("h2")) {
            throw new AssertionError("ALPN chose '" + secure.applicationProtocol() + "'");
        }
        return new Http2Sockets(RawHttp2.over(secure.socket()), "https");
    }

    /// Asks for a WebSocket by extended CONNECT and waits for the answer, whatever it is.
    ///
    /// @param fields more fields, names and values in turn
    public Stream open(String path, String... fields) {
        int id = 1 + 2 * streams.size();
        Stream stream = new Stream(id);
        streams.put(id, stream);
        byte[] head =
                RawHttp2.block(
                        ":method",
                        "CONNECT",
                        ":protocol",
                        "websocket",
                        ":scheme",
                        scheme,
                        ":path",
                        path,
                        ":authority",
                        "a.test",
                        "sec-websocket-version",
                        "13");
        byte[] more = RawHttp2.block(fields);
        byte[] block = Arrays.copyOf(head, head.length + more.length);
        System.arraycopy(more, 0, block, head.length, more.length);
        try {
            http.openHeaders(id, block).send();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        while (stream.head.isEmpty() && !stream.ended) {
            pump();
        }
        return stream;
    }

    /// Whether the server has said that it takes no new streams; what has arrived by now counts.
    public boolean goAway() {
        return goAway;
    }

    private void pump() {
        try {
            take(http.read());
        } catch (IOException | Http2Exception broken) {
            throw new AssertionError("the connection broke", broken);
        }
    }

    private void take(Frame frame) throws IOException, Http2Exception {
        Stream of = streams.get(frame.stream());
        switch (frame.type()) {
            case RawHttp2.SETTINGS -> settings(frame);
            case RawHttp2.PING -> {
                if ((frame.flags() & ACK) == 0) {
                    http.frame(RawHttp2.PING, ACK, 0, frame.payload()).send();
                }
            }
            case RawHttp2.GOAWAY -> goAway = true;
            case RawHttp2.HEADERS -> {
                Map<String, String> fields = http.decode(frame);
                if (of != null) {
                    of.head.putAll(fields);
                    of.ended |= frame.endsStream();
                }
            }
            case RawHttp2.DATA -> {
                if (of != null) {
                    of.took(frame);
                }
            }
            case RawHttp2.RST_STREAM -> {
                if (of != null) {
                    of.ended = true;
                }
            }
            default -> {}
        }
    }

    private void settings(Frame frame) throws IOException {
        if ((frame.flags() & ACK) != 0) {
            return;
        }
        for (int at = 0; at < frame.payload().length; at += 6) {
            int setting = frame.payload()[at] << 8 | frame.payload()[at + 1];
            offered |= setting == ENABLE_CONNECT_PROTOCOL && frame.number(at + 2) == 1;
        }
        http.frame(RawHttp2.SETTINGS, ACK, 0, new byte[0]).send();
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    /// One stream, and the WebSocket on it when it was accepted.
    public final class Stream {
        private final int id;
        private final Map<String, String> head = new LinkedHashMap<>();
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        private int read;
        private boolean ended;

        private Stream(int id) {
            this.id = id;
        }

        /// The answer to the handshake.
        public String status() {
            return head.getOrDefault(":status", "none");
        }

        /// A field of it, by its name in lower case.
        public @Nullable String field(String name) {
            return head.get(name);
        }

        /// The rest of what comes on the stream, up to its end, as text.
        public String body() {
            awaitEnd();
            byte[] all = arrived.toByteArray();
            String rest = new String(all, read, all.length - read, StandardCharsets.UTF_8);
            read = all.length;
            return rest;
        }

        /// Reads until the server has ended the stream.
        public void awaitEnd() {
            while (!ended) {
                pump();
            }
        }

        public Stream text(String text) {
            return send(RawWebSocket.frame(RawWebSocket.FIN | RawWebSocket.TEXT, text));
        }

        /// Says goodbye with this code.
        public Stream closing(int code) {
            return send(
                    RawWebSocket.frame(
                            RawWebSocket.FIN | RawWebSocket.CLOSE, RawWebSocket.closing(code, "")));
        }

        /// Sends bytes as they are, in one DATA frame.
        public Stream send(byte[] bytes) {
            try {
                http.frame(RawHttp2.DATA, 0, id, bytes).send();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            return this;
        }

        private void took(Frame frame) throws IOException {
            arrived.writeBytes(frame.payload());
            ended |= frame.endsStream();
            int bytes = frame.payload().length;
            if (bytes > 0) {
                http.frame(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.number(bytes));
                if (!ended) {
                    http.frame(RawHttp2.WINDOW_UPDATE, 0, id, RawHttp2.number(bytes));
                }
                http.send();
            }
        }

        /// Reads one frame of the WebSocket that is no ping.
        public RawWebSocket.Frame read() {
            RawWebSocket.Frame frame = any();
            while (frame.opcode() == RawWebSocket.PING) {
                send(RawWebSocket.frame(RawWebSocket.FIN | RawWebSocket.PONG, ""));
                frame = any();
            }
            return frame;
        }

        private RawWebSocket.Frame any() {
            byte[] start = bytes(2);
            int length = start[1] & 0x7f;
            if (length >= 126) {
                long announced = 0;
                for (byte b : bytes(length == 126 ? 2 : 8)) {
                    announced = announced << 8 | b & 0xff;
                }
                length = Math.toIntExact(announced);
            }
            return new RawWebSocket.Frame(start[0] & 0xff, bytes(length));
        }

        /// Reads one text message.
        public String readText() {
            RawWebSocket.Frame frame = read();
            if (frame.opcode() != RawWebSocket.TEXT) {
                throw new AssertionError("expected a text message, got " + frame);
            }
            return frame.text();
        }

        /// Reads up to a text message with this in it.
        public String until(String part) {
            String text = readText();
            while (!text.contains(part)) {
                text = readText();
            }
            return text;
        }

        /// Reads up to the close frame.
        public RawWebSocket.Frame readClose() {
            RawWebSocket.Frame frame = read();
            while (frame.opcode() != RawWebSocket.CLOSE) {
                frame = read();
            }
            return frame;
        }

        private byte[] bytes(int count) {
            while (arrived.size() - read < count) {
                if (ended) {
                    throw new AssertionError("the stream has ended");
                }
                pump();
            }
            byte[] taken = Arrays.copyOfRange(arrived.toByteArray(), read, read + count);
            read += count;
            return taken;
        }
    }
}
