package io.sluice.proxy.upstream.balance;

import org.jspecify.annotations.Nullable;

/// The value of a cookie that a gateway issued: the token of an instance, a dot, and when it was issued, in seconds to
/// base 36. Only the token is signed: a client that changes the time changes nothing but its own session.
///
/// @param token see [InstanceTokens]
/// @param issuedAt seconds since the epoch
record IssuedCookie(String token, long issuedAt) {
    private static final int LONGEST_TIME = 8;

    /// Reads a value; null when it has another shape, and so is an id the client chose.
    static @Nullable IssuedCookie parse(String value) {
        int dot = InstanceTokens.TOKEN_LENGTH;
        int timeLength = value.length() - dot - 1;
        if (timeLength < 1 || timeLength > LONGEST_TIME || value.charAt(dot) != '.') {
            return null;
        }
        long time = 0;
        for (int i = dot + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            int digit = c < 128 ? Character.digit(c, 36) : -1;
            if (digit < 0) {
                return null;
            }
            time = time * 36 + digit;
        }
        for (int i = 0; i < dot; i++) {
            if (!base64Url(value.charAt(i))) {
                return null;
            }
        }
        return new IssuedCookie(value.substring(0, dot), time);
    }

    private static boolean base64Url(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_';
    }

    String value() {
        return token + '.' + Long.toString(issuedAt, 36);
    }
}
