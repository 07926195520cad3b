package io.sluice.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/// Where connections of one loop read into: the loop's spare buffer as long as they send little, larger buffers of their
/// own once they fill it. Loop thread only.
final class LoopReads extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int[] SIZES = {4 * 1024, 16 * 1024, 64 * 1024, 128 * 1024};

    /// How many small reads in a row make the next one small.
    private static final int SMALL_READS = 2;

    /// Reads of one connection before others have their turn.
    private static final int READS_PER_TURN = 16;

    private final SpareBuffer spare = new SpareBuffer(SIZES[0]);

    LoopReads() {
        super(READS_PER_TURN);
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Reads();
    }

    void close() {
        spare.close();
    }

    private final class Reads extends MaxMessageHandle {
        private int size;
        private int smallReads;

        @Override
        public int guess() {
            return SIZES[size];
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            return size == 0 ? spare.take(SIZES[0], alloc) : alloc.ioBuffer(SIZES[size]);
        }

        @Override
        public void lastBytesRead(int bytes) {
            super.lastBytesRead(bytes);
            if (bytes == attemptedBytesRead()) {
                size = Math.min(size + 1, SIZES.length - 1);
                smallReads = 0;
            } else if (size > 0 && bytes > 0) {
                smallReads = bytes < SIZES[size - 1] ? smallReads + 1 : 0;
                size -= smallReads / SMALL_READS;
                smallReads %= SMALL_READS;
            }
        }
    }
}
