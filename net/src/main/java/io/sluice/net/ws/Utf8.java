package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;

/// Checks UTF-8 (RFC 3629) piece by piece: no overlong forms, no surrogates, nothing above U+10FFFF. What a piece leaves
/// open is one number: how many bytes are missing, and between which bounds the next one must be.
final class Utf8 {
    /// Nothing is open.
    static final int START = 0;

    static final int BAD = -1;

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int LOWEST = 0x80;
    private static final int HIGHEST = 0xbf;

    private Utf8() {}

    static boolean valid(ByteBuf bytes) {
        return next(START, bytes) == START;
    }

    /// What is open after these bytes, or BAD.
    static int next(int state, ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        int open = state;
        while (at < end && open != BAD) {
            if (open == START && end - at >= 8 && (bytes.getLong(at) & HIGH_BITS) == 0) {
                at += 8;
            } else {
                open = step(open, bytes.getUnsignedByte(at++));
            }
        }
        return open;
    }

    private static int step(int open, int value) {
        if (open == START) {
            return lead(value);
        }
        if (value < (open >> 8 & 0xff) || value > (open & 0xff)) {
            return BAD;
        }
        int missing = (open >> 16) - 1;
        return missing == 0 ? START : open(missing, LOWEST, HIGHEST);
    }

    private static int lead(int value) {
        if (value < 0x80) {
            return START;
        }
        if (value < 0xc2 || value > 0xf4) {
            return BAD;
        }
        if (value < 0xe0) {
            return open(1, LOWEST, HIGHEST);
        }
        return switch (value) {
            case 0xe0 -> open(2, 0xa0, HIGHEST);
            case 0xed -> open(2, LOWEST, 0x9f);
            case 0xf0 -> open(3, 0x90, HIGHEST);
            case 0xf4 -> open(3, LOWEST, 0x8f);
            default -> open(value < 0xf0 ? 2 : 3, LOWEST, HIGHEST);
        };
    }

    private static int open(int missing, int lowest, int highest) {
        return missing << 16 | lowest << 8 | highest;
    }
}
