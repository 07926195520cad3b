package io.sluice.core.id;

final class Hex {
    private static final byte[] DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private Hex() {}

    /// Writes the low `digits` hex digits of `value` and gives the index behind them.
    static int put(byte[] out, int at, long value, int digits) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            out[i] = DIGITS[(int) rest & 15];
            rest >>>= 4;
        }
        return at + digits;
    }

    /// Whether all characters from `start` to `end` are lower-case hex digits and not all of them zero.
    static boolean isId(String text, int start, int end) {
        boolean zero = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (digit(c) < 0) {
                return false;
            }
            zero &= c == '0';
        }
        return !zero;
    }

    /// Value of the two lower-case digits at `at`, or -1.
    static int pair(String text, int at) {
        int high = digit(text.charAt(at));
        int low = digit(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
