package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;

/// The masking of client frames (RFC 6455 5.3).
final class Masking {
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Masking() {}

    /// Takes the mask off `length` bytes from `start` on, in place, eight at a time.
    ///
    /// @param mask the four bytes, the first one in the highest byte, turned so that it meets the byte at `start`
    /// @return not 0 when any of the bytes has its high bit set, so that text without one is known to be ASCII
    static long remove(ByteBuf bytes, int start, int length, int mask) {
        long wide = (long) mask << 32 | mask & 0xffffffffL;
        int at = start;
        int end = start + length;
        long seen = 0;
        for (int last = end - 8; at <= last; at += 8) {
            long plain = bytes.getLong(at) ^ wide;
            bytes.setLong(at, plain);
            seen |= plain;
        }
        for (int shift = 24; at < end; at++, shift = shift - 8 & 31) {
            int plain = bytes.getByte(at) ^ mask >>> shift;
            bytes.setByte(at, plain);
            seen |= plain & 0x80;
        }
        return seen & HIGH_BITS;
    }

    /// The mask for what follows after `bytes` more.
    static int turned(int mask, int bytes) {
        return Integer.rotateLeft(mask, 8 * (bytes & 3));
    }
}
