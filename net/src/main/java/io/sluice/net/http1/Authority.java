package io.sluice.net.http1;

/// Checks `host [":" port]` as it may stand in Host or in an absolute-form target (RFC 3986 3.2, without userinfo).
public final class Authority {
    private static final int MAX_LENGTH = 262;

    private Authority() {}

    /// Whether the bytes from `start` to `end` are such an authority of at most 262 bytes.
    public static boolean valid(byte[] block, int start, int end) {
        if (start == end || end - start > MAX_LENGTH) {
            return false;
        }
        int at =
                block[start] == '['
                        ? literalEnd(block, start + 1, end)
                        : nameEnd(block, start, end);
        return at > start && (at == end || block[at] == ':' && port(block, at + 1, end));
    }

    private static int nameEnd(byte[] block, int start, int end) {
        int at = start;
        while (at < end && isNameByte(block[at])) {
            at++;
        }
        return at;
    }

    private static int literalEnd(byte[] block, int start, int end) {
        int at = start;
        while (at < end && (isHex(block[at]) || block[at] == ':' || block[at] == '.')) {
            at++;
        }
        return at > start && at < end && block[at] == ']' ? at + 1 : -1;
    }

    private static boolean port(byte[] block, int start, int end) {
        if (end - start > 5) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (block[i] < '0' || block[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameByte(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '-'
                || b == '.'
                || b == '_';
    }

    private static boolean isHex(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F';
    }
}
