package io.sluice.core.id;

/// Which request ids from outside are taken over. Ours are made by [IdSource].
public final class RequestIds {
    /// Longer ids are replaced.
    public static final int MAX_LENGTH = 128;

    private RequestIds() {}

    /// Whether an id is 1–128 letters, digits or one of `- . _ ~ : / + = @`: nothing that could break a log line, a
    /// header or a URL out of its place.
    public static boolean wellFormed(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!safe(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean safe(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '-' && c <= ':'
                || c == '_'
                || c == '~'
                || c == '+'
                || c == '='
                || c == '@';
    }
}
