package io.sluice.net.http;

/// Which bytes may stand where in a head (RFC 9110 5.5 and 5.6.2).
public final class Tokens {
    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] VALUE = new boolean[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[c - 32] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    static {
        for (int c = 0; c < VALUE.length; c++) {
            VALUE[c] = c >= 0x20 && c != 0x7f || c == '\t';
        }
    }

    private Tokens() {}

    public static boolean isTokenByte(byte b) {
        return TOKEN[b & 0xff];
    }

    /// Whether a byte may stand in a field value: tab, or anything that is not a control character.
    public static boolean isValueByte(byte b) {
        return VALUE[b & 0xff];
    }

    public static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7f || !TOKEN[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    public static boolean isValue(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xff || !VALUE[c]) {
                return false;
            }
        }
        return true;
    }
}
