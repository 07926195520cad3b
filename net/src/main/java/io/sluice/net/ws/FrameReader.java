package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.core.fail.FailureKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the frames of one client straight from the bytes of its socket (RFC 6455 5). A frame that arrives whole is
/// unmasked where it lies and handed on without a copy; a message in pieces is gathered. Between messages nothing is
/// held. The first offence ends it. Loop thread only.
final class FrameReader {
    /// Below this, unread bytes are copied away rather than keep a whole read buffer alive.
    private static final int SMALL = 1024;

    private static final int RSV1 = 0x40;

    private final ByteBufAllocator allocator;
    private final FrameSink sink;
    private final FrameLimits limits;

    /// Bytes not looked at yet: a part of a header, or what came while the sink was not reading.
    private @Nullable ByteBuf rest;

    /// Payload so far of a frame that has not arrived whole, without its mask.
    private @Nullable ByteBuf partial;

    /// A message in several frames that has begun.
    private @Nullable Fragments fragments;

    private int mask;
    private int remaining;
    private byte first;
    private boolean highBits;
    private boolean inFrame;
    private boolean reading;
    private boolean over;

    FrameReader(ByteBufAllocator allocator, FrameLimits limits, FrameSink sink) {
        this.allocator = allocator;
        this.limits = limits;
        this.sink = sink;
    }

    /// Takes over bytes of the socket and reads all frames that are whole.
    void feed(ByteBuf more) {
        if (over) {
            more.release();
            return;
        }
        ByteBuf before = rest;
        rest = null;
        read(before == null ? more : Unpooled.wrappedBuffer(before, more));
    }

    /// Goes on with what waits. Does nothing from within a call of the sink, where reading goes on anyway.
    void resume() {
        ByteBuf waiting = rest;
        if (!reading && waiting != null) {
            rest = null;
            read(waiting);
        }
    }

    private void read(ByteBuf bytes) {
        reading = true;
        try {
            boolean more = true;
            while (more && !over && sink.reading()) {
                more = inFrame ? payload(bytes) : header(bytes);
            }
            if (!over && bytes.isReadable()) {
                keep(bytes);
            }
        } finally {
            reading = false;
            bytes.release();
        }
    }

    private void keep(ByteBuf bytes) {
        int count = bytes.readableBytes();
        rest = count < SMALL ? allocator.buffer(count).writeBytes(bytes) : bytes.retainedSlice();
    }

    private boolean header(ByteBuf in) {
        int at = in.readerIndex();
        int available = in.readableBytes();
        if (available < 2) {
            return false;
        }
        first = in.getByte(at);
        int second = in.getByte(at + 1);
        String problem = FrameRules.problem(first, second, limits.deflate(), fragments != null);
        if (problem != null) {
            return refuse(FailureKind.PROTOCOL_ERROR, problem);
        }
        int length = second & 0x7f;
        int lengthBytes = length < 126 ? 0 : length == 126 ? 2 : 8;
        if (available < 2 + lengthBytes) {
            return false;
        }
        if (lengthBytes > 0) {
            long extended = lengthBytes == 2 ? in.getUnsignedShort(at + 2) : in.getLong(at + 2);
            if (extended < (lengthBytes == 2 ? 126 : 1 << 16)) {
                return refuse(FailureKind.PROTOCOL_ERROR, "Length is not in its shortest form");
            }
            length = (int) Math.min(extended, Integer.MAX_VALUE);
        }
        if (length > limits.maxMessage() - gathered() && !Opcode.control(opcode())) {
            return refuse(FailureKind.PAYLOAD_TOO_LARGE, "Message is too large");
        }
        int size = 2 + lengthBytes + 4;
        if (available < size) {
            return false;
        }
        mask = in.getInt(at + size - 4);
        in.skipBytes(size);
        remaining = length;
        inFrame = true;
        highBits = false;
        return in.readableBytes() < length || whole(in);
    }

    private int opcode() {
        return first & 0x0f;
    }

    private boolean last() {
        return first < 0;
    }

    private int gathered() {
        return fragments == null ? 0 : fragments.size();
    }

    /// The frame lies whole in `in`.
    private boolean whole(ByteBuf in) {
        ByteBuf payload = in.readSlice(remaining);
        highBits = Masking.remove(payload, 0, remaining, mask) != 0;
        complete(payload);
        return true;
    }

    /// Gathers a frame that does not.
    private boolean payload(ByteBuf in) {
        int count = Math.min(remaining, in.readableBytes());
        if (count == 0) {
            return false;
        }
        ByteBuf gathering = partial;
        if (gathering == null) {
            gathering = allocator.buffer(Math.min(remaining, Math.max(count, SMALL)));
            partial = gathering;
        }
        int start = gathering.writerIndex();
        gathering.writeBytes(in, count);
        highBits |= Masking.remove(gathering, start, count, mask) != 0;
        mask = Masking.turned(mask, count);
        remaining -= count;
        if (remaining > 0) {
            return false;
        }
        partial = null;
        try {
            complete(gathering);
        } finally {
            gathering.release();
        }
        return true;
    }

    private void complete(ByteBuf payload) {
        inFrame = false;
        switch (opcode()) {
            case Opcode.PING -> sink.ping(payload);
            case Opcode.PONG -> sink.pong();
            case Opcode.CLOSE -> close(payload);
            default -> data(payload);
        }
    }

    private void close(ByteBuf payload) {
        int length = payload.readableBytes();
        int code = length < 2 ? CloseCodes.NONE : payload.readUnsignedShort();
        if (length == 1 || length >= 2 && !CloseCodes.sendable(code)) {
            refuse(FailureKind.PROTOCOL_ERROR, "Close frame is malformed");
        } else if (!Utf8.valid(payload)) {
            refuse(FailureKind.INVALID_PAYLOAD, "Close reason is not UTF-8");
        } else {
            String reason = payload.toString(StandardCharsets.UTF_8);
            release();
            sink.close(code, reason);
        }
    }

    private void data(ByteBuf payload) {
        Fragments message = fragments;
        boolean compressed = (first & RSV1) != 0;
        if (message == null && last()) {
            boolean check = opcode() == Opcode.TEXT && !compressed && highBits;
            if (check && !Utf8.valid(payload)) {
                notUtf8();
            } else {
                deliver(opcode(), compressed, payload);
            }
            return;
        }
        if (message == null) {
            message = new Fragments(allocator, opcode(), compressed, payload.readableBytes());
            fragments = message;
        }
        fragment(message, payload);
    }

    private void fragment(Fragments message, ByteBuf payload) {
        FailureKind problem = message.add(payload, last(), limits.maxEmptyFragments());
        if (problem == FailureKind.INVALID_PAYLOAD) {
            notUtf8();
        } else if (problem != null) {
            refuse(problem, "Too many empty fragments");
        } else if (last()) {
            fragments = null;
            try {
                deliver(message.opcode(), message.compressed(), message.gathered());
            } finally {
                message.release();
            }
        }
    }

    private void deliver(int opcode, boolean compressed, ByteBuf payload) {
        if (!compressed) {
            hand(opcode, payload);
            return;
        }
        ByteBuf inflated = sink.inflate(payload);
        if (inflated == null) {
            release();
            return;
        }
        try {
            if (opcode == Opcode.TEXT && !Utf8.valid(inflated)) {
                notUtf8();
            } else {
                hand(opcode, inflated);
            }
        } finally {
            inflated.release();
        }
    }

    private void hand(int opcode, ByteBuf payload) {
        if (opcode == Opcode.TEXT) {
            sink.text(payload);
        } else {
            sink.binary(payload);
        }
    }

    private void notUtf8() {
        refuse(FailureKind.INVALID_PAYLOAD, "Text is not UTF-8");
    }

    private boolean refuse(FailureKind kind, String why) {
        release();
        sink.refused(kind, why);
        return false;
    }

    /// Whether a message has begun and not ended.
    boolean midMessage() {
        return inFrame || fragments != null || rest != null;
    }

    /// Reads nothing more and lets go of what was gathered.
    void release() {
        over = true;
        drop(rest);
        drop(partial);
        rest = null;
        partial = null;
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    private static void drop(@Nullable ByteBuf bytes) {
        if (bytes != null) {
            bytes.release();
        }
    }
}
