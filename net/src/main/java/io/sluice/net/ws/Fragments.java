package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.core.fail.FailureKind;
import org.jspecify.annotations.Nullable;

/// A message that comes in several frames, from its first to its last. Owns what has come. Loop thread only.
final class Fragments {
    private static final int LEAST = 256;

    private final int opcode;
    private final boolean compressed;
    private final ByteBuf gathered;
    private int empty;
    private int utf8 = Utf8.START;

    /// @param first size of the first fragment
    Fragments(ByteBufAllocator allocator, int opcode, boolean compressed, int first) {
        this.opcode = opcode;
        this.compressed = compressed;
        this.gathered = allocator.buffer(Math.max(first, LEAST));
    }

    int opcode() {
        return opcode;
    }

    boolean compressed() {
        return compressed;
    }

    /// All that has come, still owned here.
    ByteBuf gathered() {
        return gathered;
    }

    int size() {
        return gathered.readableBytes();
    }

    /// Takes in the payload of the next frame.
    ///
    /// @return what rule it breaks, or null
    @Nullable FailureKind add(ByteBuf payload, boolean last, int maxEmpty) {
        if (!payload.isReadable() && ++empty > maxEmpty) {
            return FailureKind.POLICY_VIOLATION;
        }
        if (opcode == Opcode.TEXT && !compressed) {
            utf8 = Utf8.next(utf8, payload);
            if (utf8 == Utf8.BAD || last && utf8 != Utf8.START) {
                return FailureKind.INVALID_PAYLOAD;
            }
        }
        gathered.writeBytes(payload);
        return null;
    }

    void release() {
        gathered.release();
    }
}
