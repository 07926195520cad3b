package io.sluice.it.edge;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A client that speaks HTTP/2 without TLS because it knows the server does. One request at a time, bodies below one
/// flow-control window, names and values below 127 bytes. Blocking, 10 s at most.
final class ClearHttp2 implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private int stream = -1;

    /// What came back.
    ///
    /// @param fields one map for each HEADERS frame: interim answers, the head, trailers
    record Answer(List<Map<String, String>> fields, String body) {}

    ClearHttp2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /// A request with a body and trailers.
    Answer post(String path, String body, String... trailers) throws IOException, Http2Exception {
        stream += 2;
        frame(
                HEADERS,
                END_HEADERS,
                stream,
                block(":method", "POST", ":scheme", "http", ":path", path, ":authority", "test"));
        boolean more = trailers.length > 0;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        frame(DATA, more ? 0 : END_STREAM, stream, bytes);
        if (more) {
            frame(HEADERS, END_HEADERS | END_STREAM, stream, block(trailers));
        }
        return answer();
    }

    private Answer answer() throws IOException, Http2Exception {
        List<Map<String, String>> fields = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int of = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == SETTINGS && (flags & ACK) == 0) {
                frame(SETTINGS, ACK, 0, new byte[0]);
            } else if (type == RST_STREAM && of == stream) {
                throw new IOException("stream reset");
            } else if (type == DATA && of == stream) {
                body.write(payload);
            } else if (type == HEADERS && of == stream) {
                fields.add(decoded(payload));
            }
            if (of == stream && type <= HEADERS && (flags & END_STREAM) != 0) {
                return new Answer(fields, body.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private Map<String, String> decoded(byte[] block) throws Http2Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block))
                .forEach(field ->
                        fields.put(field.getKey().toString(), field.getValue().toString()));
        return fields;
    }

    private void frame(int type, int flags, int of, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(of);
        out.write(payload);
        out.flush();
    }

    /// Literal fields without indexing (RFC 7541 6.2.2).
    private static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i++) {
            if (i % 2 == 0) {
                block.write(0);
            }
            byte[] text = namesAndValues[i].getBytes(StandardCharsets.ISO_8859_1);
            block.write(text.length);
            block.writeBytes(text);
        }
        return block.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
