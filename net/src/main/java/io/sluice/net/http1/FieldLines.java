package io.sluice.net.http1;

import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Tokens;
import org.jspecify.annotations.Nullable;

/// Reads field lines from a byte block, strictly (RFC 9112 5): no blank before the colon, no folded lines, no control
/// characters, CRLF only. Lines in normal form stay where they are; others are written anew in normal form. Holds the
/// result of its last run, so one instance serves a connection. Loop thread only.
final class FieldLines {
    /// What a run came to, other than the position after the empty line.
    static final int INCOMPLETE = -1;

    static final int MALFORMED = -2;
    static final int TOO_MANY = -3;

    /// Gets every field with its name recognised; decides whether it is kept among the headers.
    interface FieldVisitor {
        /// False drops the field: it was understood by the codec and is not passed on.
        boolean keep(
                byte[] block,
                int nameStart,
                int nameEnd,
                int valueStart,
                int valueEnd,
                @Nullable HeaderName name);
    }

    private final int maxFields;

    FieldLines(int maxFields) {
        this.maxFields = maxFields;
    }

    /// Reads lines from `at` up to and including the empty line.
    ///
    /// @return the position after the empty line, or a negative result
    int read(byte[] block, int at, int end, Headers headers, FieldVisitor visitor) {
        int fields = 0;
        int position = at;
        while (position < end) {
            if (block[position] == '\r') {
                return position + 1 == end
                        ? INCOMPLETE
                        : block[position + 1] == '\n' ? position + 2 : MALFORMED;
            }
            if (++fields > maxFields) {
                return TOO_MANY;
            }
            position = line(block, position, end, headers, visitor);
            if (position < 0) {
                return position;
            }
        }
        return INCOMPLETE;
    }

    private static int line(
            byte[] block, int nameStart, int end, Headers headers, FieldVisitor visitor) {
        int hash = 0;
        int nameEnd = nameStart;
        while (nameEnd < end && Tokens.isTokenByte(block[nameEnd])) {
            hash = HeaderName.nextHash(hash, block[nameEnd]);
            nameEnd++;
        }
        if (nameEnd == end) {
            return INCOMPLETE;
        }
        if (block[nameEnd] != ':' || nameEnd == nameStart) {
            return MALFORMED;
        }
        int valueStart = nameEnd + 1;
        while (valueStart < end && isBlank(block[valueStart])) {
            valueStart++;
        }
        int lineEnd = valueStart;
        while (lineEnd < end && Tokens.isValueByte(block[lineEnd])) {
            lineEnd++;
        }
        if (lineEnd + 1 >= end) {
            return lineEnd == end || block[lineEnd] == '\r' ? INCOMPLETE : MALFORMED;
        }
        if (block[lineEnd] != '\r' || block[lineEnd + 1] != '\n') {
            return MALFORMED;
        }
        int valueEnd = lineEnd;
        while (valueEnd > valueStart && isBlank(block[valueEnd - 1])) {
            valueEnd--;
        }
        HeaderName name = HeaderName.find(block, nameStart, nameEnd, hash);
        if (visitor.keep(block, nameStart, nameEnd, valueStart, valueEnd, name)) {
            boolean normal =
                    valueEnd == lineEnd && valueStart == nameEnd + 2 && block[nameEnd + 1] == ' ';
            if (normal) {
                headers.addLine(nameStart, nameEnd, valueEnd, name);
            } else {
                headers.addBytes(
                        block,
                        nameStart,
                        nameEnd - nameStart,
                        block,
                        valueStart,
                        valueEnd - valueStart);
            }
        }
        return lineEnd + 2;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
