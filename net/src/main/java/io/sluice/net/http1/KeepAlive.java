package io.sluice.net.http1;

/// The `timeout` of a `Keep-Alive` field (RFC 2068 19.7.1.1): how long the origin lets a connection wait.
final class KeepAlive {
    static final int UNSAID = -1;

    private static final String TIMEOUT = "timeout=";
    private static final int MOST_SECONDS = 1_000_000;

    private KeepAlive() {}

    /// Whole seconds, or UNSAID when the value has no readable timeout.
    static int seconds(byte[] block, int start, int end) {
        for (int at = start; at + TIMEOUT.length() < end; at++) {
            if (isTimeout(block, at)) {
                return number(block, at + TIMEOUT.length(), end);
            }
        }
        return UNSAID;
    }

    private static boolean isTimeout(byte[] block, int at) {
        for (int i = 0; i < TIMEOUT.length(); i++) {
            if ((block[at + i] | 0x20) != (TIMEOUT.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] block, int start, int end) {
        int value = UNSAID;
        for (int i = start; i < end && block[i] >= '0' && block[i] <= '9'; i++) {
            value = Math.min(MOST_SECONDS, Math.max(value, 0) * 10 + block[i] - '0');
        }
        return value;
    }
}
