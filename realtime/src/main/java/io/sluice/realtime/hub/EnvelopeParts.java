package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.sluice.bus.Position;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The parts an [Envelope] is made of. Reading throws IndexOutOfBoundsException where bytes are missing and
/// IllegalArgumentException where they make no sense.
final class EnvelopeParts {
    private EnvelopeParts() {}

    static byte[] all(ByteBuf out) {
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    static void bytes(ByteBuf out, byte[] bytes) {
        out.writeInt(bytes.length).writeBytes(bytes);
    }

    static byte[] bytes(ByteBuf in) {
        int length = in.readInt();
        if (length < 0 || length > in.readableBytes()) {
            throw new IllegalArgumentException("length: " + length);
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    static void text(ByteBuf out, String text) {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuf in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    static void optionalText(ByteBuf out, @Nullable String text) {
        out.writeBoolean(text != null);
        if (text != null) {
            text(out, text);
        }
    }

    static @Nullable String optionalText(ByteBuf in) {
        return in.readBoolean() ? text(in) : null;
    }

    static void position(ByteBuf out, @Nullable Position position) {
        optionalText(out, position == null ? null : position.epoch());
        if (position != null) {
            out.writeLong(position.offset());
        }
    }

    static @Nullable Position position(ByteBuf in) {
        String epoch = optionalText(in);
        return epoch == null ? null : new Position(epoch, in.readLong());
    }

    static void connection(ByteBuf out, @Nullable ConnectionId id) {
        out.writeBoolean(id != null);
        if (id != null) {
            out.writeLong(id.high());
            out.writeLong(id.low());
        }
    }

    static @Nullable ConnectionId connection(ByteBuf in) {
        return in.readBoolean() ? new ConnectionId(in.readLong(), in.readLong()) : null;
    }

    static void constant(ByteBuf out, Enum<?> constant) {
        text(out, constant.name());
    }

    static <E extends Enum<E>> E constant(ByteBuf in, Class<E> type) {
        return Enum.valueOf(type, text(in));
    }
}
