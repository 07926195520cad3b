package io.sluice.net.ws;

import org.jspecify.annotations.Nullable;

/// What the first two bytes of a client's frame may say (RFC 6455 5.2, 5.4 and 5.5).
final class FrameRules {
    private static final int MAX_CONTROL = 125;
    private static final int RESERVED = 0x70;
    private static final int RESERVED_WITH_DEFLATE = 0x30;

    private FrameRules() {}

    /// What is wrong, or null.
    ///
    /// @param deflate whether RSV1 has a meaning (RFC 7692 6)
    /// @param midMessage whether a message has begun in an earlier frame
    static @Nullable String problem(int first, int second, boolean deflate, boolean midMessage) {
        int opcode = first & 0x0f;
        boolean control = Opcode.control(opcode);
        boolean mayCompress = deflate && !control && opcode != Opcode.CONTINUATION;
        if ((first & (mayCompress ? RESERVED_WITH_DEFLATE : RESERVED)) != 0) {
            return "Reserved bit is set";
        }
        if (!Opcode.known(opcode)) {
            return "Opcode is reserved";
        }
        if ((second & 0x80) == 0) {
            return "Frame is not masked";
        }
        if (control) {
            boolean last = (first & 0x80) != 0;
            boolean fits = (second & 0x7f) <= MAX_CONTROL;
            return last && fits ? null : "Control frame is long or in pieces";
        }
        boolean continues = opcode == Opcode.CONTINUATION;
        if (continues == midMessage) {
            return null;
        }
        return continues ? "Nothing is there to continue" : "Message begins within another";
    }
}
