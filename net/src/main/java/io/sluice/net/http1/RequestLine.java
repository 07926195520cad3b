package io.sluice.net.http1;

import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the parts of a request line in a block that starts with it (RFC 9112 3). Positions go in and out, so that
/// nothing is made for a line but its texts.
final class RequestLine {
    /// Bytes behind the target: a space, the version and the line break.
    static final int AFTER_TARGET = 11;

    private static final int MAX_METHOD = 32;
    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

    private RequestLine() {}

    /// Where the method ends, or `length` when it may go on behind it.
    static int methodEnd(byte[] block, int length) {
        int limit = Math.min(length, MAX_METHOD + 1);
        int at = 0;
        while (at < limit && Tokens.isTokenByte(block[at])) {
            at++;
        }
        return at;
    }

    static Method method(byte[] block, int end) {
        boolean get = end == 3 && block[0] == 'G' && block[1] == 'E' && block[2] == 'T';
        return get ? Method.GET : Method.of(text(block, 0, end));
    }

    /// Where the target ends that begins at `start`.
    static int targetEnd(byte[] block, int start, int length) {
        int at = start;
        while (at < length && block[at] > ' ' && block[at] != 0x7f && block[at] != '#') {
            at++;
        }
        return at;
    }

    /// Position where the path starts in an absolute-form target, or -1.
    static int pathStart(byte[] block, int start, int end) {
        String text = text(block, start, Math.min(end, start + 8)).toLowerCase(Locale.ROOT);
        int authority =
                text.startsWith("http://") ? start + 7 : text.equals("https://") ? start + 8 : end;
        int pathStart = authority;
        while (pathStart < end && block[pathStart] != '/' && block[pathStart] != '?') {
            pathStart++;
        }
        return Authority.valid(block, authority, pathStart) ? pathStart : -1;
    }

    /// The authority of an absolute-form target whose path starts at `pathStart`.
    static String authority(byte[] block, int start, int pathStart) {
        return text(block, block[start + 4] == ':' ? start + 7 : start + 8, pathStart);
    }

    /// The version behind the target, of which [#AFTER_TARGET] bytes are there; null when it is none of ours.
    static @Nullable Protocol version(byte[] block, int targetEnd) {
        if (block[targetEnd] != ' '
                || block[targetEnd + 9] != '\r'
                || block[targetEnd + 10] != '\n') {
            return null;
        }
        for (int i = 0; i < VERSION.length; i++) {
            if (block[targetEnd + 1 + i] != VERSION[i]) {
                return null;
            }
        }
        return switch (block[targetEnd + 8]) {
            case '1' -> Protocol.HTTP_1_1;
            case '0' -> Protocol.HTTP_1_0;
            default -> null;
        };
    }

    /// Whether the line is well formed and asks for another major version.
    static boolean foreignVersion(byte[] block, int targetEnd) {
        String found = text(block, targetEnd, targetEnd + 9);
        return found.matches(" HTTP/\\d\\.\\d")
                && block[targetEnd + 9] == '\r'
                && !found.startsWith(" HTTP/1.");
    }

    static String text(byte[] block, int start, int end) {
        return new String(block, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
