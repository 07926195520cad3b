package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.core.fail.FailureKind;
import org.jspecify.annotations.Nullable;

/// What one node tells all others to do.
///
/// @param target which connections to close
/// @param id of the user or of the connection
/// @param why what the clients are told
record Command(Target target, String id, FailureKind why, String reason) {
    private static final int VERSION = 1;

    enum Target {
        USER,
        CONNECTION
    }

    byte[] encode() {
        ByteBuf out = Unpooled.buffer(128);
        out.writeByte(VERSION);
        EnvelopeParts.constant(out, target);
        EnvelopeParts.text(out, id);
        EnvelopeParts.constant(out, why);
        EnvelopeParts.text(out, reason);
        return EnvelopeParts.all(out);
    }

    /// Null for what is no command this node knows.
    static @Nullable Command decode(byte[] payload) {
        ByteBuf in = Unpooled.wrappedBuffer(payload);
        try {
            if (in.readByte() != VERSION) {
                return null;
            }
            return new Command(
                    EnvelopeParts.constant(in, Target.class),
                    EnvelopeParts.text(in),
                    EnvelopeParts.constant(in, FailureKind.class),
                    EnvelopeParts.text(in));
        } catch (IndexOutOfBoundsException | IllegalArgumentException noCommand) {
            return null;
        }
    }
}
