package io.sluice.edge.filter.access;

/// JSON lines in one array of bytes. The caller sees to it that there is room for a whole line. One thread at a time.
final class LineBuffer {
    static final int SIZE = 64 * 1024;

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    final byte[] bytes = new byte[SIZE];
    int used;
    int lines;

    void reset() {
        used = 0;
        lines = 0;
    }

    void endLine() {
        bytes[used++] = '}';
        bytes[used++] = '\n';
        lines++;
    }

    /// Bytes as they are, such as `,"status":`.
    void raw(byte[] text) {
        System.arraycopy(text, 0, bytes, used, text.length);
        used += text.length;
    }

    /// A quoted string, at most `limit` characters of it; one character takes at most 6 bytes.
    void string(String text, int limit) {
        bytes[used++] = '"';
        characters(text, limit);
        bytes[used++] = '"';
    }

    /// The inside of a quoted string.
    void characters(String text, int limit) {
        int length = Math.min(text.length(), limit);
        byte[] to = bytes;
        int at = used;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                to[at++] = (byte) c;
            } else {
                to[at++] = '\\';
                to[at++] = 'u';
                to[at++] = HEX[c >> 12];
                to[at++] = HEX[c >> 8 & 15];
                to[at++] = HEX[c >> 4 & 15];
                to[at++] = HEX[c & 15];
            }
        }
        used = at;
    }

    /// @param value not negative
    void number(long value) {
        int end = used + digits(value);
        long rest = value;
        for (int i = end - 1; i >= used; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        used = end;
    }

    /// Milliseconds with three decimals.
    void millis(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        number(micros / 1000);
        bytes[used++] = '.';
        int fraction = (int) (micros % 1000);
        bytes[used++] = (byte) ('0' + fraction / 100);
        bytes[used++] = (byte) ('0' + fraction / 10 % 10);
        bytes[used++] = (byte) ('0' + fraction % 10);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
