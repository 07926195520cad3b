package io.sluice.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// One direct buffer that is taken again and again: most messages are small and gone before the next one comes, so
/// their bytes need no new memory and stay in the processor's cache. While somebody still holds it, others get a buffer
/// of their own; who holds it for long keeps it. Loop thread only.
public final class SpareBuffer {
    /// How often it may be found in use before it is left to whoever holds it.
    private static final int PATIENCE = 256;

    // Without the leak detector: the spare buffer lives as long as its loop.
    private static final ByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);

    private final int capacity;
    private @Nullable ByteBuf spare;
    private int missed;

    SpareBuffer(int capacity) {
        this.capacity = capacity;
    }

    /// An empty buffer; the taker releases it.
    ///
    /// @param room bytes it must hold at least
    /// @param otherwise makes one when the spare buffer is too small or in use
    public ByteBuf take(int room, ByteBufAllocator otherwise) {
        if (room > capacity) {
            return otherwise.ioBuffer(room);
        }
        ByteBuf kept = spare;
        if (kept != null && kept.refCnt() > 1) {
            if (++missed < PATIENCE) {
                return otherwise.ioBuffer(room);
            }
            kept.release();
            kept = null;
        }
        if (kept == null) {
            kept = MEMORY.directBuffer(capacity);
            spare = kept;
        }
        missed = 0;
        return kept.clear().retain();
    }

    /// Frees the memory once nobody holds it; nothing may be taken any more.
    void close() {
        ByteBuf kept = spare;
        spare = null;
        if (kept != null) {
            kept.release();
        }
    }
}
