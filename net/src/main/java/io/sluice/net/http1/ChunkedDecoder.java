package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import org.jspecify.annotations.Nullable;

/// Reads the chunked coding, strictly (RFC 9112 7.1): hexadecimal sizes of at most 15 digits, CRLF only, extensions of
/// at most 1 KiB a chunk and 16 KiB a body, trailers within the bounds of a head. Loop thread only.
final class ChunkedDecoder implements FieldLines.FieldVisitor {
    private static final int MAX_SIZE_LINE = 1024 + 18;
    private static final int MAX_EXTENSIONS = 16 * 1024;
    private static final int MAX_DIGITS = 15;
    private static final Failure MALFORMED =
            Failure.of(FailureKind.BAD_REQUEST, "Malformed chunked body");
    private static final Failure TOO_LARGE =
            Failure.of(FailureKind.HEADERS_TOO_LARGE, "Trailers too large");

    /// Where the decoder stands.
    enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS,
        DONE,
        MALFORMED
    }

    private final HeadLimits limits;
    private final Headers.FieldTest dropped;
    private final HeadEnd trailersEnd = new HeadEnd();
    private State state = State.SIZE;
    private long remaining;
    private int extensionBytes;
    private Failure fault = MALFORMED;
    private @Nullable Headers trailers;

    /// @param dropped which trailers are not passed on, see [io.sluice.net.http.TrailerFields]
    ChunkedDecoder(HeadLimits limits, Headers.FieldTest dropped) {
        this.limits = limits;
        this.dropped = dropped;
    }

    /// Reads everything that is not data. Stops at DATA with bytes to take, at an end, or when more input is needed.
    State advance(Input input) {
        while (true) {
            State before = state;
            int available = input.available();
            switch (state) {
                case SIZE -> size(input.peek());
                case DATA_END -> dataEnd(input.peek());
                case TRAILERS -> trailers(input.peek());
                case DATA, DONE, MALFORMED -> {
                    return state;
                }
            }
            if (state == before && input.available() == available) {
                return state;
            }
        }
    }

    /// Bytes of data that may be taken now, after [#advance] gave DATA.
    int takeable(Input input) {
        return (int) Math.min(remaining, input.available());
    }

    void taken(int count) {
        remaining -= count;
        if (remaining == 0) {
            state = State.DATA_END;
        }
    }

    /// After DONE: the trailers, or null when there were none.
    @Nullable Headers trailers() {
        return trailers;
    }

    /// After MALFORMED: why, for a client who sent it.
    Failure fault() {
        return fault;
    }

    private void size(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int lineFeed = bytes.indexOf(start, bytes.writerIndex(), (byte) '\n');
        if (lineFeed < 0) {
            if (bytes.readableBytes() > MAX_SIZE_LINE) {
                state = State.MALFORMED;
            }
            return;
        }
        int lineEnd = lineFeed - 1;
        long size = lineEnd - start > MAX_SIZE_LINE ? -1 : parseSize(bytes, start, lineEnd);
        if (size < 0) {
            state = State.MALFORMED;
            return;
        }
        bytes.readerIndex(lineFeed + 1);
        remaining = size;
        state = size == 0 ? State.TRAILERS : State.DATA;
    }

    /// Size of a chunk from its line without the line feed, or -1.
    private long parseSize(ByteBuf bytes, int start, int lineEnd) {
        if (lineEnd <= start || bytes.getByte(lineEnd) != '\r') {
            return -1;
        }
        long size = 0;
        int at = start;
        int digit = Character.digit(bytes.getByte(at), 16);
        while (digit >= 0 && at < lineEnd) {
            size = size << 4 | digit;
            digit = Character.digit(bytes.getByte(++at), 16);
        }
        int digits = at - start;
        extensionBytes += lineEnd - at;
        if (digits == 0 || digits > MAX_DIGITS || extensionBytes > MAX_EXTENSIONS) {
            return -1;
        }
        return extension(bytes, at, lineEnd) ? size : -1;
    }

    private static boolean extension(ByteBuf bytes, int start, int end) {
        int at = start;
        while (at < end && (bytes.getByte(at) == ' ' || bytes.getByte(at) == '\t')) {
            at++;
        }
        if (at < end && bytes.getByte(at) != ';' || at == end && at > start) {
            return false;
        }
        for (; at < end; at++) {
            if (!io.sluice.net.http.Tokens.isValueByte(bytes.getByte(at))) {
                return false;
            }
        }
        return true;
    }

    private void dataEnd(ByteBuf bytes) {
        if (bytes.readableBytes() >= 2) {
            state = bytes.readShort() == 0x0d0a ? State.SIZE : State.MALFORMED;
        }
    }

    private void trailers(ByteBuf bytes) {
        if (bytes.readableBytes() < 2) {
            return;
        }
        if (trailersEnd.scanned() == 0 && bytes.getShort(bytes.readerIndex()) == 0x0d0a) {
            bytes.skipBytes(2);
            state = State.DONE;
            return;
        }
        int length = trailersEnd.find(bytes);
        if (length == HeadEnd.INCOMPLETE && bytes.readableBytes() <= limits.maxHeaderBytes()) {
            return;
        }
        if (length == HeadEnd.INCOMPLETE || length > limits.maxHeaderBytes()) {
            refuse(TOO_LARGE);
            return;
        }
        if (length < 0) {
            refuse(MALFORMED);
            return;
        }
        byte[] block = new byte[length];
        bytes.readBytes(block);
        Headers read = new Headers(block, length);
        int end = new FieldLines(limits.maxFields()).read(block, 0, length, read, this);
        read.removeIf(dropped);
        trailers = read;
        if (end == length) {
            state = State.DONE;
        } else {
            refuse(end == FieldLines.TOO_MANY ? TOO_LARGE : MALFORMED);
        }
    }

    private void refuse(Failure why) {
        state = State.MALFORMED;
        fault = why;
    }

    @Override
    public boolean keep(
            byte[] block,
            int nameStart,
            int nameEnd,
            int valueStart,
            int valueEnd,
            @Nullable HeaderName name) {
        return true;
    }
}
