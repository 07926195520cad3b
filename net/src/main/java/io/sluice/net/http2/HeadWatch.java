package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.sluice.net.loop.Timer;

/// Sees a head that has begun and does not end: HEADERS or CONTINUATION without their last byte or without END_HEADERS.
/// The codec says nothing before a head is whole, so this reads along, three bytes of each frame's own head. Loop thread
/// only.
final class HeadWatch {
    private static final int FRAME_HEAD = 9;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final Timer clock;
    private final long limitNanos;
    private int headBytes;
    private int length;
    private int type;
    private int flags;
    private long payloadLeft;
    private boolean open;
    private boolean ended;

    /// @param clock fires when a head took too long
    /// @param preface bytes the client sends before its first frame
    HeadWatch(Timer clock, long limitNanos, int preface) {
        this.clock = clock;
        this.limitNanos = limitNanos;
        this.payloadLeft = preface;
        this.headBytes = FRAME_HEAD;
    }

    /// Reads along; moves no index.
    void read(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        ended = false;
        while (at < end || headBytes == FRAME_HEAD && payloadLeft == 0) {
            if (headBytes < FRAME_HEAD) {
                headByte(bytes.getUnsignedByte(at++));
            } else {
                int step = (int) Math.min(payloadLeft, end - at);
                at += step;
                payloadLeft -= step;
                if (payloadLeft == 0) {
                    frameRead();
                }
            }
        }
        time();
    }

    /// Each head has its own time, however the reads fall.
    private void time() {
        if (!open) {
            clock.clear();
        } else if (ended || !clock.armed()) {
            clock.in(limitNanos);
        }
    }

    private void headByte(int value) {
        switch (headBytes++) {
            case 0, 1, 2 -> length = length << 8 | value;
            case 3 -> type = value;
            case 4 -> flags = value;
            case FRAME_HEAD - 1 -> frameBegins();
            default -> {}
        }
    }

    private void frameBegins() {
        payloadLeft = length;
        length = 0;
        open |= type == HEADERS;
    }

    private void frameRead() {
        headBytes = 0;
        if ((type == HEADERS || type == CONTINUATION) && (flags & END_HEADERS) != 0) {
            open = false;
            ended = true;
        }
    }
}
