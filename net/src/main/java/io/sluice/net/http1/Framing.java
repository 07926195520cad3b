package io.sluice.net.http1;

import io.netty.util.AsciiString;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Protocol;
import org.jspecify.annotations.Nullable;

/// Collects what the fields of one head say about framing and the connection, and refuses what is ambiguous
/// (RFC 9112 6.1–6.3). One instance serves a connection.
final class Framing {
    static final long ABSENT = -1;
    private static final AsciiString CHUNKED = AsciiString.cached("chunked");
    private static final AsciiString CLOSE = AsciiString.cached("close");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final int MAX_LENGTH_DIGITS = 18;

    private long contentLength = ABSENT;
    private boolean lengthSeen;
    private boolean chunked;
    private boolean malformed;
    private boolean close;
    private boolean keepAlive;

    void reset() {
        contentLength = ABSENT;
        lengthSeen = false;
        chunked = false;
        malformed = false;
        close = false;
        keepAlive = false;
    }

    /// Takes in one field if it concerns framing.
    void field(HeaderName name, byte[] block, int start, int end) {
        if (name.equals(HeaderName.CONTENT_LENGTH)) {
            malformed |= lengthSeen;
            lengthSeen = true;
            contentLength = parseLength(block, start, end);
            malformed |= contentLength < 0;
        } else if (name.equals(HeaderName.TRANSFER_ENCODING)) {
            boolean only = !chunked && equalsIgnoreCase(CHUNKED, block, start, end);
            malformed |= !only;
            chunked = true;
        } else if (name.equals(HeaderName.CONNECTION)) {
            connection(block, start, end);
        }
    }

    private void connection(byte[] block, int start, int end) {
        int from = start;
        while (from < end) {
            int to = from;
            while (to < end && block[to] != ',') {
                to++;
            }
            int first = from;
            int last = to;
            while (first < last && (block[first] == ' ' || block[first] == '\t')) {
                first++;
            }
            while (last > first && (block[last - 1] == ' ' || block[last - 1] == '\t')) {
                last--;
            }
            close |= equalsIgnoreCase(CLOSE, block, first, last);
            keepAlive |= equalsIgnoreCase(KEEP_ALIVE, block, first, last);
            from = to + 1;
        }
    }

    private static boolean equalsIgnoreCase(AsciiString lower, byte[] block, int start, int end) {
        if (lower.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            byte b = block[i];
            if (lower.byteAt(i - start) != (b >= 'A' && b <= 'Z' ? b + 32 : b)) {
                return false;
            }
        }
        return true;
    }

    /// Digits only, up to 18 of them (so below 2^63); anything else is -1.
    static long parseLength(byte[] block, int start, int end) {
        int digits = end - start;
        if (digits == 0 || digits > MAX_LENGTH_DIGITS) {
            return ABSENT;
        }
        long length = 0;
        for (int i = start; i < end; i++) {
            int digit = block[i] - '0';
            if (digit < 0 || digit > 9) {
                return ABSENT;
            }
            length = length * 10 + digit;
        }
        return length;
    }

    /// Why the framing is refused, or null.
    @Nullable String problem() {
        if (malformed) {
            return "Malformed or repeated Content-Length or Transfer-Encoding";
        }
        if (chunked && lengthSeen) {
            return "Both Content-Length and Transfer-Encoding";
        }
        return null;
    }

    /// Announced length, or ABSENT.
    long contentLength() {
        return contentLength;
    }

    /// Whether the head says how its body is framed.
    boolean announcesBody() {
        return chunked || contentLength >= 0;
    }

    boolean chunked() {
        return chunked;
    }

    /// Whether the sender of a message in `protocol` lets the connection live beyond it (RFC 9112 9.3).
    boolean persists(Protocol protocol) {
        return !close && (keepAlive || protocol == Protocol.HTTP_1_1);
    }
}
