package io.sluice.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// A blocking WebSocket client that sends exactly the frames it is told, legal or not, and reads what comes. It answers
/// nothing by itself. Limits and failures are those of [RawClient]. One test thread at a time.
public final class RawWebSocket implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    public static final int FIN = 0x80;
    public static final int RSV1 = 0x40;

    /// Key and version of a handshake that is right.
    public static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    public static final String VERSION = "Sec-WebSocket-Version: 13";

    private static final int MASK = 0x5a0ff1e3;

    /// One frame as it came.
    ///
    /// @param first FIN, reserved bits and opcode
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Frame(int first, byte[] payload) {
        public int opcode() {
            return first & 0x0f;
        }

        public boolean last() {
            return (first & FIN) != 0;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /// Of a close frame: its code, or 1005 when it has none.
        public int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }

        /// Of a close frame: its reason.
        public String closeReason() {
            return payload.length < 2
                    ? ""
                    : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    private final RawClient client;
    private final RawResponse answer;

    private RawWebSocket(RawClient client, RawResponse answer) {
        this.client = client;
        this.answer = answer;
    }

    /// Connects and shakes hands; more fields may be given as `Name: value`.
    public static RawWebSocket open(int port, String path, String... fields) {
        return over(RawClient.connect(port), path, fields);
    }

    /// Shakes hands on a connection, which belongs to the socket from then on.
    public static RawWebSocket over(RawClient client, String path, String... fields) {
        ask(client, path, fields);
        return opened(client);
    }

    /// Reads the answer to a handshake that was sent otherwise.
    public static RawWebSocket opened(RawClient client) {
        return opened(client, client.head());
    }

    /// Takes the answer to a handshake that was sent and read otherwise.
    public static RawWebSocket opened(RawClient client, RawResponse answer) {
        if (answer.status() != 101) {
            client.close();
            throw new AssertionError("handshake was answered with " + answer.status());
        }
        return new RawWebSocket(client, answer);
    }

    /// Sends a handshake that is right and reads nothing.
    public static void ask(RawClient client, String path, String... fields) {
        client.send(handshake(path, fields));
    }

    /// The bytes of a handshake that is right.
    public static String handshake(String path, String... fields) {
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: test\r\n");
        text.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
        text.append(KEY).append("\r\n").append(VERSION).append("\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /// The bytes of one masked frame with the shortest length.
    ///
    /// @param first FIN, reserved bits and opcode
    public static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int length = payload.length;
        if (length < 126) {
            out.write(0x80 | length);
        } else if (length < 1 << 16) {
            out.write(0x80 | 126);
            number(out, length, 2);
        } else {
            out.write(0x80 | 127);
            number(out, length, 8);
        }
        number(out, MASK, 4);
        for (int i = 0; i < length; i++) {
            out.write(payload[i] ^ MASK >>> 24 - 8 * (i & 3));
        }
        return out.toByteArray();
    }

    public static byte[] frame(int first, String text) {
        return frame(first, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The header of a masked frame that announces a length in so many bytes (0, 2 or 8), minimal or not; no payload.
    public static byte[] header(int first, long length, int lengthBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        out.write(0x80 | (lengthBytes == 0 ? (int) length : lengthBytes == 2 ? 126 : 127));
        number(out, length, lengthBytes);
        number(out, MASK, 4);
        return out.toByteArray();
    }

    /// Payload of a close frame.
    public static byte[] closing(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload =
                Arrays.copyOf(new byte[] {(byte) (code >>> 8), (byte) code}, 2 + text.length);
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }

    /// The answer to the handshake.
    public RawResponse answer() {
        return answer;
    }

    public RawWebSocket text(String text) {
        return send(frame(FIN | TEXT, text));
    }

    public RawWebSocket binary(byte[] payload) {
        return send(frame(FIN | BINARY, payload));
    }

    public RawWebSocket ping(String payload) {
        return send(frame(FIN | PING, payload));
    }

    public RawWebSocket pong() {
        return send(frame(FIN | PONG, ""));
    }

    public RawWebSocket closing() {
        return send(frame(FIN | CLOSE, closing(1000, "")));
    }

    /// Sends bytes as they are.
    public RawWebSocket send(byte[] bytes) {
        client.send(bytes);
        return this;
    }

    /// Reads one frame; fails when the server masks it.
    public Frame read() {
        byte[] head = client.bytes(2);
        if ((head[1] & 0x80) != 0) {
            throw new AssertionError("a server's frame is masked");
        }
        int length = head[1] & 0x7f;
        if (length >= 126) {
            long announced = 0;
            for (byte b : client.bytes(length == 126 ? 2 : 8)) {
                announced = announced << 8 | b & 0xff;
            }
            length = Math.toIntExact(announced);
        }
        return new Frame(head[0] & 0xff, client.bytes(length));
    }

    /// Reads one frame that is a whole text message.
    public String readText() {
        Frame frame = read();
        if (frame.first() != (FIN | TEXT)) {
            throw new AssertionError(
                    "expected a text message, got " + frame + " '" + frame.text() + "'");
        }
        return frame.text();
    }

    /// Reads frames up to the close frame.
    public Frame readClose() {
        Frame frame = read();
        while (frame.opcode() != CLOSE) {
            frame = read();
        }
        return frame;
    }

    /// Whether the server has closed the connection within the limit, without a further frame.
    public boolean closedWithin(Duration limit) {
        return client.closedWithin(limit);
    }

    public RawClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
