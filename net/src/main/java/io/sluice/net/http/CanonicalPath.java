package io.sluice.net.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Brings the path of a request target into the one form that is matched and passed on (RFC 3986 6.2.2).
///
/// Runs of slashes become one, dot segments are resolved, percent-encoded unreserved characters are decoded and the hex
/// digits of all other escapes are upper case. `%2F` is never decoded: a slash that separates segments and one that is
/// part of a segment stay different. What two servers could read in two ways is refused: a climb above the root, raw
/// control, space, non-ASCII, `?`, `#` or backslash bytes, `%00`, `%5C`, a broken escape, dot segments that hide behind
/// `;` or `%2F`, and segments with more behind them that are nothing but parameters (`/;x/a`). Any thread; a path that is canonical already costs one scan and one string.
public final class CanonicalPath {
    private static final byte PLAIN = 0;
    private static final byte SLASH = 1;

    /// What a segment may not simply start with.
    private static final byte DOT = 2;

    private static final byte PERCENT = 3;
    private static final byte FORBIDDEN = 4;

    private static final byte[] KIND = new byte[256];
    private static final byte[] HEX = new byte[256];
    private static final boolean[] UNRESERVED = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            KIND[c] = c <= ' ' || c >= 0x7f ? FORBIDDEN : PLAIN;
            HEX[c] = (byte) Character.digit(c < 0x80 ? c : 0, 16);
            UNRESERVED[c] =
                    c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
        }
        for (char c : "-._~".toCharArray()) {
            UNRESERVED[c] = true;
        }
        for (char c : "?#\\".toCharArray()) {
            KIND[c] = FORBIDDEN;
        }
        KIND['/'] = SLASH;
        KIND['.'] = DOT;
        KIND[';'] = DOT;
        KIND['%'] = PERCENT;
    }

    private CanonicalPath() {}

    /// The canonical form of a path, or null when it is refused. `*` is given back as it is; that it belongs to OPTIONS
    /// is the caller's to check.
    public static @Nullable String of(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /// The same for the bytes from `start` to `end`, which are only read.
    public static @Nullable String of(byte[] bytes, int start, int end) {
        if (start >= end) {
            return null;
        }
        if (bytes[start] != '/') {
            return end - start == 1 && bytes[start] == '*' ? "*" : null;
        }
        byte previous = SLASH;
        for (int i = start + 1; i < end; i++) {
            byte kind = KIND[bytes[i] & 0xff];
            if (kind != PLAIN
                    && (kind >= PERCENT || previous == SLASH && (kind == SLASH || kind == DOT))) {
                return kind == FORBIDDEN ? null : rewrite(bytes, start, end);
            }
            previous = kind;
        }
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String rewrite(byte[] bytes, int start, int end) {
        byte[] out = new byte[end - start];
        int decoded = decode(bytes, start, end, out);
        int length = decoded < 0 ? -1 : resolve(out, decoded);
        return length < 0 ? null : new String(out, 0, length, StandardCharsets.ISO_8859_1);
    }

    /// Normalises escapes into `out` and gives the length, or -1 when a byte or an escape is refused.
    private static int decode(byte[] bytes, int start, int end, byte[] out) {
        int to = 0;
        int i = start;
        while (i < end) {
            byte b = bytes[i];
            byte kind = KIND[b & 0xff];
            if (kind == FORBIDDEN) {
                return -1;
            }
            if (kind != PERCENT) {
                out[to++] = b;
                i++;
                continue;
            }
            int value = escape(bytes, i, end);
            if (value <= 0 || value == '\\') {
                return -1;
            }
            if (UNRESERVED[value]) {
                out[to++] = (byte) value;
            } else {
                out[to++] = '%';
                out[to++] = upper(bytes[i + 1]);
                out[to++] = upper(bytes[i + 2]);
            }
            i += 3;
        }
        return to;
    }

    private static int escape(byte[] bytes, int percent, int end) {
        if (percent + 2 >= end) {
            return -1;
        }
        int high = HEX[bytes[percent + 1] & 0xff];
        int low = HEX[bytes[percent + 2] & 0xff];
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static byte upper(byte hex) {
        return hex >= 'a' ? (byte) (hex - 32) : hex;
    }

    /// Removes empty and dot segments in place and gives the new length, or -1 when the path is refused.
    private static int resolve(byte[] path, int length) {
        int to = 1;
        int segment = 1;
        while (segment < length) {
            int end = segment;
            while (end < length && path[end] != '/') {
                end++;
            }
            int dots = dots(path, segment, end);
            if (dots == 2) {
                if (to == 1) {
                    return -1;
                }
                to = parent(path, to);
            } else if (dots < 0 || end < length && startsWithParameter(path, segment, end)) {
                return -1;
            } else if (dots == 0 && end > segment) {
                System.arraycopy(path, segment, path, to, end - segment);
                to += end - segment;
                if (end < length) {
                    path[to++] = '/';
                }
            }
            segment = end + 1;
        }
        return to;
    }

    /// Where the parent's slash ends; `to` stands behind the slash of a segment.
    private static int parent(byte[] path, int to) {
        int at = to - 1;
        while (path[at - 1] != '/') {
            at--;
        }
        return at;
    }

    /// 1 for `.`, 2 for `..`, 0 for any other segment, -1 for one that a server which strips parameters or decodes
    /// `%2F` would take for a dot segment.
    private static int dots(byte[] path, int start, int end) {
        int count = leadingDots(path, start, end);
        if (count > 0 && start + count == end) {
            return count;
        }
        int piece = start;
        for (int i = start; i <= end; i++) {
            boolean slash = i < end && isEscape(path, i, end, '2', 'F');
            if (slash || i == end) {
                int leading = leadingDots(path, piece, i);
                int after = piece + leading;
                if (leading > 0
                        && (after == i
                                || path[after] == ';'
                                || isEscape(path, after, i, '3', 'B'))) {
                    return -1;
                }
                piece = i + 3;
            }
        }
        return 0;
    }

    /// A server that drops parameters would be left with an empty segment, and take the one behind it for its place.
    private static boolean startsWithParameter(byte[] path, int start, int end) {
        return start < end && (path[start] == ';' || isEscape(path, start, end, '3', 'B'));
    }

    /// How many dots stand at `start`, or 0 when there are more than two.
    private static int leadingDots(byte[] path, int start, int end) {
        int at = start;
        while (at < end && path[at] == '.') {
            at++;
        }
        return at - start <= 2 ? at - start : 0;
    }

    private static boolean isEscape(byte[] path, int at, int end, char high, char low) {
        return at + 2 < end && path[at] == '%' && path[at + 1] == high && path[at + 2] == low;
    }
}
