package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/// Bytes read from one connection and not yet understood. Owns them; whole buffers are handed on without a copy.
/// Loop thread only.
final class Input {
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    /// Takes over `more` and appends it.
    void append(ByteBuf more, ByteBufAllocator allocator) {
        if (!bytes.isReadable()) {
            bytes.release();
            bytes = more;
            return;
        }
        ByteBuf joined = allocator.buffer(bytes.readableBytes() + more.readableBytes());
        joined.writeBytes(bytes).writeBytes(more);
        bytes.release();
        more.release();
        bytes = joined;
    }

    int available() {
        return bytes.readableBytes();
    }

    /// The bytes themselves, still owned here; readers move the reader index.
    ByteBuf peek() {
        return bytes;
    }

    /// Gives `count` bytes away, `0 < count <= available()`; the taker releases them.
    ByteBuf take(int count) {
        if (count < bytes.readableBytes()) {
            return bytes.readRetainedSlice(count);
        }
        ByteBuf all = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        return all;
    }

    /// Gives everything away.
    ByteBuf takeAll() {
        ByteBuf all = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        return all;
    }

    void skip(int count) {
        bytes.skipBytes(count);
    }

    /// Lets go of a buffer that was read to its end, so that an idle connection holds none.
    void releaseUsed() {
        if (!bytes.isReadable()) {
            release();
        }
    }

    void release() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }
}
