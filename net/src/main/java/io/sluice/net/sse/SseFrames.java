package io.sluice.net.sse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Events as bytes. Any thread.
///
/// Each method gives one buffer that the caller owns; it serves every stream of its framing: hand `retainedDuplicate()`
/// to each and release the original once.
public final class SseFrames {
    private static final byte[] ID = ascii("id: ");
    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] RETRY = ascii("retry: ");
    private static final ByteBuf PLAIN_COMMENT = shared(":\n\n");
    private static final ByteBuf CHUNKED_COMMENT = shared("3\r\n:\n\n\r\n");
    private static final ByteBuf LAST_CHUNK = shared("0\r\n\r\n");

    private SseFrames() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuf shared(String text) {
        byte[] bytes = ascii(text);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
    }

    /// One event.
    ///
    /// @param id what a client says when it comes back, or null
    /// @param name type of the event, or null for `message`
    /// @param data UTF-8, not checked; split at its line breaks (CR, LF or both)
    /// @throws IllegalArgumentException when id or name hold a line break or NUL, which would let data pass for fields
    public static ByteBuf event(
            ByteBufAllocator allocator,
            SseFraming framing,
            @Nullable String id,
            @Nullable String name,
            byte[] data) {
        int room = framing.before() + room(id) + room(name) + data.length + 64 + framing.after();
        ByteBuf out = allocator.ioBuffer(room).writerIndex(framing.before());
        try {
            field(out, ID, id);
            field(out, EVENT, name);
        } catch (IllegalArgumentException broken) {
            out.release();
            throw broken;
        }
        data(out, data);
        return framing.seal(out.writeByte('\n'));
    }

    /// Appends one event to a buffer that holds others of the same framing.
    ///
    /// @param id ASCII without line break, or null
    /// @param name ASCII without line break, or null for `message`
    /// @param line UTF-8 without line break
    public static void append(
            ByteBuf out,
            SseFraming framing,
            @Nullable String id,
            @Nullable String name,
            byte[] line) {
        int length = size(ID, id) + size(EVENT, name) + DATA.length + line.length + 2;
        framing.open(out, length);
        ascii(out, ID, id);
        ascii(out, EVENT, name);
        out.writeBytes(DATA).writeBytes(line).writeByte('\n').writeByte('\n');
        framing.close(out);
    }

    /// Appends whole events as they are.
    public static void append(ByteBuf out, SseFraming framing, byte[] events) {
        framing.open(out, events.length);
        out.writeBytes(events);
        framing.close(out);
    }

    private static int size(byte[] field, @Nullable String value) {
        return value == null ? 0 : field.length + value.length() + 1;
    }

    private static void ascii(ByteBuf out, byte[] field, @Nullable String value) {
        if (value != null) {
            out.writeBytes(field);
            ByteBufUtil.writeAscii(out, value);
            out.writeByte('\n');
        }
    }

    /// Tells the client how long to wait before it comes back.
    public static ByteBuf retry(ByteBufAllocator allocator, SseFraming framing, Duration wait) {
        ByteBuf out = allocator.ioBuffer(framing.before() + 40).writerIndex(framing.before());
        out.writeBytes(RETRY);
        ByteBufUtil.writeAscii(out, Long.toString(wait.toMillis()));
        return framing.seal(out.writeByte('\n').writeByte('\n'));
    }

    /// A comment, which a client ignores; shared, so it need not be released.
    static ByteBuf comment(SseFraming framing) {
        return (framing == SseFraming.CHUNKED ? CHUNKED_COMMENT : PLAIN_COMMENT).duplicate();
    }

    /// What ends a body in chunks; shared likewise.
    static ByteBuf lastChunk() {
        return LAST_CHUNK.duplicate();
    }

    private static int room(@Nullable String value) {
        return value == null ? 0 : 8 + ByteBufUtil.utf8MaxBytes(value);
    }

    private static void field(ByteBuf out, byte[] field, @Nullable String value) {
        if (value == null) {
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n' || c == '\r' || c == 0) {
                throw new IllegalArgumentException(
                        "field of an event: line break or NUL at " + i + ", expected one line");
            }
        }
        out.writeBytes(field);
        ByteBufUtil.writeUtf8(out, value);
        out.writeByte('\n');
    }

    private static void data(ByteBuf out, byte[] data) {
        int from = 0;
        while (from <= data.length) {
            int to = from;
            while (to < data.length && data[to] != '\n' && data[to] != '\r') {
                to++;
            }
            out.writeBytes(DATA).writeBytes(data, from, to - from).writeByte('\n');
            boolean pair = to + 1 < data.length && data[to] == '\r' && data[to + 1] == '\n';
            from = to + (pair ? 2 : 1);
        }
    }
}
