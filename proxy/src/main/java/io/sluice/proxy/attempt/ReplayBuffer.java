package io.sluice.proxy.attempt;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A copy of the start of a request's body, so that it can be sent again. Holds at most 64 KiB; a longer body is given
/// up and the request can then not be replayed once its body was started. Copies, because a retained piece can pin a
/// receive buffer many times its size.
final class ReplayBuffer {
    static final int LIMIT = 64 * 1024;

    private @Nullable ByteBuf bytes;
    private boolean overflowed;

    /// Remembers a piece; the caller keeps it.
    void add(ByteBuf piece) {
        int length = piece.readableBytes();
        ByteBuf held = bytes;
        if (overflowed) {
            return;
        }
        if (length + (held == null ? 0 : held.readableBytes()) > LIMIT) {
            overflow();
            return;
        }
        if (held == null) {
            held = piece.alloc().buffer(Math.max(length, 256), LIMIT);
            bytes = held;
        }
        held.writeBytes(piece, piece.readerIndex(), length);
    }

    /// Nothing can be replayed from here on.
    void overflow() {
        overflowed = true;
        release();
    }

    /// Whether everything that was added is still here.
    boolean whole() {
        return !overflowed;
    }

    /// A copy of all that was added, which the caller must release; null when that is nothing.
    @Nullable ByteBuf copy() {
        ByteBuf held = bytes;
        return held == null ? null : held.copy();
    }

    private void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
