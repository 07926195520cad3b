package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.FailureKind;
import org.jspecify.annotations.Nullable;

/// Hears what was read. Payloads are valid during the call only.
interface FrameSink {
    /// Whether to go on; what is left waits until [FrameReader#resume].
    boolean reading();

    void text(ByteBuf payload);

    void binary(ByteBuf payload);

    void ping(ByteBuf payload);

    void pong();

    /// @param code as the client gave it, or 1005
    void close(int code, String reason);

    /// The client broke a rule; nothing more is read.
    void refused(FailureKind kind, String why);

    /// Inflates a message, or refuses it and gives null. The caller releases the result.
    @Nullable ByteBuf inflate(ByteBuf payload);
}
