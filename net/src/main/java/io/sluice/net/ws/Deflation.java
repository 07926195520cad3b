package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Compresses messages, each by itself, so that one frame serves all sockets that take compressed ones
/// ([WebSocket#compressed]). One for each loop; loop thread only.
public final class Deflation {
    /// What a flush ends with and RFC 7692 7.2.1 leaves out.
    private static final int TAIL = 4;

    private final int level;
    private final int minSize;

    /// Made when first needed, as it holds some 256 KiB.
    private @Nullable Deflater deflater;

    /// @param level 1 fast to 9 small
    /// @param minSize messages below this many bytes are not compressed
    Deflation(int level, int minSize) {
        this.level = level;
        this.minSize = minSize;
    }

    /// A text message as one frame, compressed if that is worth it; the caller owns it.
    ///
    /// @param utf8 the text in UTF-8, not checked; read, and still the caller's
    public ByteBuf text(ByteBufAllocator allocator, ByteBuf utf8) {
        return utf8.readableBytes() < minSize
                ? Frames.text(allocator, utf8)
                : compressed(allocator, Opcode.TEXT, utf8);
    }

    /// A binary message, likewise.
    public ByteBuf binary(ByteBufAllocator allocator, ByteBuf payload) {
        return payload.readableBytes() < minSize
                ? Frames.binary(allocator, payload)
                : compressed(allocator, Opcode.BINARY, payload);
    }

    private Deflater fresh() {
        Deflater made = deflater;
        if (made == null) {
            made = new Deflater(level, true);
            deflater = made;
        } else {
            made.reset();
        }
        return made;
    }

    private ByteBuf compressed(ByteBufAllocator allocator, int opcode, ByteBuf payload) {
        int length = payload.readableBytes();
        ByteBuf deflated = allocator.buffer(length + length / 1000 + 64);
        try {
            Deflater deflating = fresh();
            deflating.setInput(payload.nioBuffer());
            boolean full = true;
            while (full) {
                deflated.ensureWritable(64);
                int room = deflated.writableBytes();
                int made =
                        deflating.deflate(
                                deflated.nioBuffer(deflated.writerIndex(), room),
                                Deflater.SYNC_FLUSH);
                deflated.writerIndex(deflated.writerIndex() + made);
                full = made == room;
            }
            deflated.writerIndex(deflated.writerIndex() - TAIL);
            return Frames.compressed(allocator, opcode, deflated);
        } finally {
            deflated.release();
        }
    }
}
