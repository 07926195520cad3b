package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Inflates compressed messages, each by itself (RFC 7692 7.2.2 without context takeover), so that one serves all
/// sockets of a loop and an idle socket holds no window. Loop thread only.
final class Inflation {
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int LEAST = 512;

    /// Made when first needed, as it holds some 40 KiB.
    private @Nullable Inflater made;

    /// Inflates `payload`, which stays the caller's. Never makes more than `most` bytes and one.
    ///
    /// @return the message, which the caller owns, or null when it is longer than `most`
    @Nullable ByteBuf inflate(ByteBufAllocator allocator, ByteBuf payload, int most)
            throws DataFormatException {
        int guess = (int) Math.min(most + 1L, Math.max(LEAST, 4L * payload.readableBytes()));
        ByteBuf out = allocator.buffer(guess, most + 1);
        boolean kept = false;
        try {
            Inflater inflater = fresh();
            inflater.setInput(payload.nioBuffer());
            fill(inflater, out, most);
            if (!inflater.finished() && out.readableBytes() <= most) {
                inflater.setInput(TAIL);
                fill(inflater, out, most);
            }
            kept = out.readableBytes() <= most;
            return kept ? out : null;
        } finally {
            if (!kept) {
                out.release();
            }
        }
    }

    private Inflater fresh() {
        Inflater inflater = made;
        if (inflater == null) {
            inflater = new Inflater(true);
            made = inflater;
        } else {
            inflater.reset();
        }
        return inflater;
    }

    private static void fill(Inflater inflater, ByteBuf out, int most) throws DataFormatException {
        boolean more = true;
        while (more && out.readableBytes() <= most) {
            out.ensureWritable(Math.min(LEAST, out.maxWritableBytes()));
            ByteBuffer room = out.nioBuffer(out.writerIndex(), out.writableBytes());
            int made = inflater.inflate(room);
            out.writerIndex(out.writerIndex() + made);
            if (inflater.needsDictionary()) {
                throw new DataFormatException("a dictionary is asked for");
            }
            more = made > 0;
        }
    }
}
