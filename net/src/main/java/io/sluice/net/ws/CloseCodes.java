package io.sluice.net.ws;

/// Which codes may stand in a close frame (RFC 6455 7.4, and the registry it set up).
final class CloseCodes {
    /// The close frame had no code. Never sent.
    static final int NONE = 1005;

    /// The connection ended without a close frame. Never sent.
    static final int LOST = 1006;

    private CloseCodes() {}

    static boolean sendable(int code) {
        return code >= 1000 && code <= 1003
                || code >= 1007 && code <= 1014
                || code >= 3000 && code <= 4999;
    }
}
