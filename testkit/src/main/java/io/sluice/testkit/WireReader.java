package io.sluice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 messages for both ends of the testkit. Strict about framing, so that a test fails where
/// the bytes are wrong and not later.
final class WireReader {
    private static final int LONGEST_LINE = 1 << 20;
    private static final RawHeaders NONE = new RawHeaders(List.of());

    private final InputStream in;
    private RawHeaders trailers = NONE;

    WireReader(InputStream in) {
        this.in = in;
    }

    InputStream stream() {
        return in;
    }

    /// One line without its CRLF, or null when the stream ends before its first byte.
    @Nullable String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        int previous = -1;
        while (true) {
            int b = in.read();
            if (b < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new EOFException("end of stream inside the line '" + latin1(bytes) + "'");
            }
            if (b == '\n' && previous == '\r') {
                String text = latin1(bytes);
                return text.substring(0, text.length() - 1);
            }
            bytes.write(b);
            previous = b;
            if (bytes.size() > LONGEST_LINE) {
                throw new IOException("line longer than " + LONGEST_LINE + " bytes");
            }
        }
    }

    RawHeaders headers() throws IOException {
        List<RawHeaders.Field> fields = new ArrayList<>();
        while (true) {
            String line = line();
            if (line == null) {
                throw new EOFException("end of stream inside the header section");
            }
            if (line.isEmpty()) {
                return new RawHeaders(fields);
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("header line without a name: '" + line + "'");
            }
            fields.add(
                    new RawHeaders.Field(
                            line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    /// The stream of a body framed by these headers.
    ///
    /// @param untilClose what a message without length means: the rest of the stream, or nothing
    InputStream body(RawHeaders headers, boolean untilClose) throws IOException {
        trailers = NONE;
        if (headers.lists("Transfer-Encoding", "chunked")) {
            return new ChunkedBody(this);
        }
        String length = headers.first("Content-Length");
        if (length != null) {
            return new SizedBody(in, Long.parseLong(length));
        }
        return untilClose ? in : new SizedBody(in, 0);
    }

    void trailers(RawHeaders received) {
        trailers = received;
    }

    /// Fields after the last chunked body that was read to its end.
    RawHeaders trailers() {
        return trailers;
    }

    private static String latin1(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /// A body of known length; a stream that ends early is an error.
    private static final class SizedBody extends InputStream {
        private final InputStream in;
        private long left;

        SizedBody(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("end of stream, " + left + " bytes of the body missing");
            }
            left -= count;
            return count;
        }
    }

    /// A chunked body; its end reads the trailers.
    private static final class ChunkedBody extends InputStream {
        private final WireReader wire;
        private long left;
        private boolean started;
        private boolean ended;

        ChunkedBody(WireReader wire) {
            this.wire = wire;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                nextChunk();
            }
            if (ended) {
                return -1;
            }
            int count = wire.in.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("end of stream inside a chunk");
            }
            left -= count;
            return count;
        }

        private void nextChunk() throws IOException {
            if (started && !"".equals(wire.line())) {
                throw new IOException("chunk not followed by CRLF");
            }
            started = true;
            String line = wire.line();
            if (line == null) {
                throw new EOFException("end of stream before the last chunk");
            }
            left = Long.parseLong(line.split(";", 2)[0].strip(), 16);
            if (left == 0) {
                wire.trailers(wire.headers());
                ended = true;
            }
        }
    }
}
