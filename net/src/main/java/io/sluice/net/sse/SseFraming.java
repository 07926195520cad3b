package io.sluice.net.sse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/// How events lie on the wire. A buffer of the one kind must not be written to a stream of the other.
public enum SseFraming {
    /// Each buffer is one or more chunks of HTTP/1.1 (RFC 9112 7.1).
    CHUNKED,
    /// The bytes alone: HTTP/2, and HTTP/1.0.
    PLAIN;

    private static final int CRLF = 0x0d0a;

    /// Room before the payload for a chunk's size line.
    int before() {
        return this == CHUNKED ? 10 : 0;
    }

    /// Room behind the payload.
    int after() {
        return this == CHUNKED ? 2 : 0;
    }

    /// Begins a chunk of this many bytes, to be written next and followed by [#close].
    void open(ByteBuf out, int length) {
        if (this == CHUNKED) {
            ByteBufUtil.writeAscii(out, Integer.toHexString(length));
            out.writeShort(CRLF);
        }
    }

    void close(ByteBuf out) {
        if (this == CHUNKED) {
            out.writeShort(CRLF);
        }
    }

    /// Frames what stands in the buffer from [#before] on.
    ByteBuf seal(ByteBuf out) {
        if (this == CHUNKED) {
            byte[] size =
                    Integer.toHexString(out.writerIndex() - before())
                            .getBytes(StandardCharsets.US_ASCII);
            int start = before() - 2 - size.length;
            out.setBytes(start, size).setShort(before() - 2, CRLF);
            out.writeShort(CRLF).readerIndex(start);
        }
        return out;
    }
}
