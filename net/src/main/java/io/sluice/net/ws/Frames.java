package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// Frames as a server sends them: unmasked, each message whole in one. Any thread.
///
/// Each method gives one buffer that the caller owns. One frame serves any number of sockets: hand
/// `retainedDuplicate()` to each and release the original once.
public final class Frames {
    /// Most bytes of header before a payload.
    public static final int MAX_HEADER = 10;

    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int MAX_REASON = 123;
    private static final ByteBuf PING =
            Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(2)
                            .writeByte(FIN | Opcode.PING)
                            .writeByte(0)
                            .asReadOnly());

    private Frames() {}

    public static ByteBuf text(ByteBufAllocator allocator, CharSequence text) {
        int length = ByteBufUtil.utf8Bytes(text);
        ByteBuf frame = allocator.ioBuffer(length + MAX_HEADER);
        textHeader(frame, length);
        ByteBufUtil.writeUtf8(frame, text);
        return frame;
    }

    /// @param utf8 the text in UTF-8, not checked
    public static ByteBuf text(ByteBufAllocator allocator, byte[] utf8) {
        ByteBuf frame = allocator.ioBuffer(utf8.length + MAX_HEADER);
        textHeader(frame, utf8.length);
        return frame.writeBytes(utf8);
    }

    /// @param utf8 the text in UTF-8, not checked; read, and still the caller's
    public static ByteBuf text(ByteBufAllocator allocator, ByteBuf utf8) {
        return frame(allocator, Opcode.TEXT, utf8);
    }

    /// @param payload read, and still the caller's
    public static ByteBuf binary(ByteBufAllocator allocator, ByteBuf payload) {
        return frame(allocator, Opcode.BINARY, payload);
    }

    /// Writes the header of a text message, for callers that write its `length` bytes behind it themselves.
    public static void textHeader(ByteBuf out, int length) {
        header(out, FIN | Opcode.TEXT, length);
    }

    /// Writes the header of a binary message, for callers that write its `length` bytes behind it themselves.
    public static void binaryHeader(ByteBuf out, int length) {
        header(out, FIN | Opcode.BINARY, length);
    }

    /// A ping without payload; shared, so it need not be released.
    static ByteBuf ping() {
        return PING.duplicate();
    }

    static ByteBuf pong(ByteBufAllocator allocator, ByteBuf payload) {
        return frame(allocator, Opcode.PONG, payload);
    }

    /// @param code as [CloseCodes] allows, or 1005 for a frame without one
    /// @param reason cut at 123 bytes of UTF-8
    static ByteBuf close(ByteBufAllocator allocator, int code, String reason) {
        if (!CloseCodes.sendable(code)) {
            return allocator.ioBuffer(2).writeByte(FIN | Opcode.CLOSE).writeByte(0);
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = text.length;
        if (length > MAX_REASON) {
            length = MAX_REASON;
            while ((text[length] & 0xc0) == 0x80) {
                length--;
            }
        }
        ByteBuf frame = allocator.ioBuffer(4 + length);
        header(frame, FIN | Opcode.CLOSE, 2 + length);
        return frame.writeShort(code).writeBytes(text, 0, length);
    }

    /// A message whose payload is deflated already; see [Deflation].
    static ByteBuf compressed(ByteBufAllocator allocator, int opcode, ByteBuf deflated) {
        return frame(allocator, COMPRESSED | opcode, deflated);
    }

    private static ByteBuf frame(ByteBufAllocator allocator, int opcode, ByteBuf payload) {
        int length = payload.readableBytes();
        ByteBuf frame = allocator.ioBuffer(length + MAX_HEADER);
        header(frame, FIN | opcode, length);
        return frame.writeBytes(payload, payload.readerIndex(), length);
    }

    private static void header(ByteBuf out, int first, int length) {
        out.writeByte(first);
        if (length < 126) {
            out.writeByte(length);
        } else if (length < 1 << 16) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }
}
