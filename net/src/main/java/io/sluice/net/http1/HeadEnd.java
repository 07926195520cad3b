package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;

/// Finds the empty line that ends a head which arrives in several reads, looking at each byte once.
final class HeadEnd {
    /// More bytes are needed.
    static final int INCOMPLETE = -1;

    /// A line feed without a carriage return before it.
    static final int BARE_LINE_FEED = -2;

    private int scanned;
    private int lineStart;

    void reset() {
        scanned = 0;
        lineStart = 0;
    }

    /// Bytes already looked at since the head's first one.
    int scanned() {
        return scanned;
    }

    /// Length of the head including its empty line, or one of the negative results. `input` must start at the head's
    /// first byte at every call.
    int find(ByteBuf input) {
        int base = input.readerIndex();
        int end = input.writerIndex();
        while (true) {
            int lineFeed = input.indexOf(base + scanned, end, (byte) '\n');
            if (lineFeed < 0) {
                scanned = end - base;
                return INCOMPLETE;
            }
            int at = lineFeed - base;
            if (at == 0 || input.getByte(lineFeed - 1) != '\r') {
                return BARE_LINE_FEED;
            }
            scanned = at + 1;
            if (at - lineStart == 1 && lineStart > 0) {
                return scanned;
            }
            lineStart = scanned;
        }
    }

    /// Whether the first line is complete.
    boolean firstLineSeen() {
        return lineStart > 0;
    }
}
