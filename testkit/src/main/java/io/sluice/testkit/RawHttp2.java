package io.sluice.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An HTTP/2 client, or an origin, that writes exactly the frames it is told, legal or not, and reads what comes.
/// Blocking, 30 s at most. One test thread at a time.
public final class RawHttp2 implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /// One frame as it came.
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Frame(int type, int flags, int stream, byte[] payload) {
        public boolean endsStream() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        public long number(int offset) {
            return ByteBufUtil.hexDump(payload, offset, 4).isEmpty()
                    ? 0
                    : Long.parseLong(ByteBufUtil.hexDump(payload, offset, 4), 16);
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// The server's end of an accepted connection, past the client's preface.
    public RawHttp2(Socket accepted) throws IOException {
        socket = accepted;
        socket.setSoTimeout(30_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        in.readNBytes(24);
    }

    /// A client that has its preface ready to send.
    public RawHttp2(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port), PREFACE);
    }

    private RawHttp2(Socket connected, String preface) throws IOException {
        socket = connected;
        socket.setSoTimeout(30_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out.writeBytes(preface.getBytes(StandardCharsets.US_ASCII));
    }

    /// A client on this connection, such as one over TLS, that has its preface ready to send.
    public static RawHttp2 over(Socket connected) throws IOException {
        return new RawHttp2(connected, PREFACE);
    }

    /// Gathers one frame; [#send] sends what was gathered.
    public RawHttp2 frame(int type, int flags, int stream, byte[] payload) {
        ByteBuf head = Unpooled.buffer(9);
        head.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
        out.write(head.array(), 0, 9);
        out.writeBytes(payload);
        return this;
    }

    /// Gathers a SETTINGS frame.
    public RawHttp2 settings(int... idsAndValues) {
        ByteBuf payload = Unpooled.buffer();
        for (int i = 0; i < idsAndValues.length; i += 2) {
            payload.writeShort(idsAndValues[i]).writeInt(idsAndValues[i + 1]);
        }
        return frame(SETTINGS, 0, 0, ByteBufUtil.getBytes(payload));
    }

    /// A header block without compression.
    public static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i++) {
            if (i % 2 == 0) {
                block.write(0);
            }
            byte[] text = namesAndValues[i].getBytes(StandardCharsets.ISO_8859_1);
            if (text.length < 127) {
                block.write(text.length);
            } else {
                block.write(127);
                int rest = text.length - 127;
                while (rest >= 128) {
                    block.write(rest % 128 + 128);
                    rest /= 128;
                }
                block.write(rest);
            }
            block.writeBytes(text);
        }
        return block.toByteArray();
    }

    /// Header block of a GET.
    public static byte[] get(String path, String... more) {
        return request("GET", path, more);
    }

    /// Header block of a request for the host a.test.
    public static byte[] request(String method, String path, String... more) {
        byte[] head =
                block(":method", method, ":scheme", "http", ":path", path, ":authority", "a.test");
        byte[] rest = block(more);
        byte[] all = java.util.Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, all, head.length, rest.length);
        return all;
    }

    /// Gathers a whole request without a body.
    public RawHttp2 headers(int stream, byte[] block) {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, block);
    }

    /// Gathers the head of a request whose body follows.
    public RawHttp2 openHeaders(int stream, byte[] block) {
        return frame(HEADERS, END_HEADERS, stream, block);
    }

    /// Four bytes, the most significant first.
    public static byte[] number(int value) {
        return new byte[] {
            (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        };
    }

    /// Sends what was gathered; a peer that has closed is no failure here.
    public RawHttp2 send() throws IOException {
        try {
            socket.getOutputStream().write(out.toByteArray());
        } catch (SocketException closed) {
            // What was closed why is read by the caller.
        }
        out.reset();
        return this;
    }

    /// The next frame; an [EOFException] when the connection ended.
    public Frame read() throws IOException {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & 0x7fffffff;
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        return new Frame(type, flags, stream, payload);
    }

    /// The next frame of this type, dropping all others.
    public Frame await(int type) throws IOException {
        Frame frame = read();
        while (frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    /// Decodes a HEADERS frame; in the order they came, as HPACK keeps state.
    public Map<String, String> decode(Frame headers) throws Http2Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        hpack.decodeHeaders(headers.stream(), Unpooled.wrappedBuffer(headers.payload()))
                .forEach(entry ->
                        fields.put(entry.getKey().toString(), entry.getValue().toString()));
        return fields;
    }

    /// The error code of the GOAWAY that ends the connection, or -1 when it ends without.
    public long goAwayCode() throws IOException {
        long code = -1;
        try {
            while (true) {
                Frame frame = read();
                if (frame.type() == GOAWAY) {
                    code = frame.number(4);
                }
            }
        } catch (EOFException | SocketException ended) {
            return code;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
