package io.sluice.net.http;

import org.jspecify.annotations.Nullable;

/// Reads one cookie of a request (RFC 6265 4.2), wherever it stands among the others and in however many fields.
/// Names are compared exactly, the first of a field counts, and one without a value is none.
public final class Cookies {
    private Cookies() {}

    /// The value of this name, without surrounding quotes and never empty, or null.
    public static @Nullable String find(Headers headers, String name) {
        if (!headers.contains(HeaderName.COOKIE)) {
            return null;
        }
        for (int i = 0; i < headers.size(); i++) {
            if (headers.is(HeaderName.COOKIE, i)) {
                String value = find(headers.value(i), name);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    /// The value of this name in one `Cookie` field, without surrounding quotes and never empty, or null.
    public static @Nullable String find(String field, String name) {
        int start = 0;
        while (start < field.length() && !name.isEmpty()) {
            int semicolon = field.indexOf(';', start);
            int end = semicolon < 0 ? field.length() : semicolon;
            while (start < end && blank(field.charAt(start))) {
                start++;
            }
            int equals = start + name.length();
            if (equals < end && field.charAt(equals) == '=' && field.startsWith(name, start)) {
                return value(field, equals + 1, end);
            }
            start = end + 1;
        }
        return null;
    }

    private static @Nullable String value(String field, int from, int to) {
        int start = from;
        int end = to;
        while (end > start && blank(field.charAt(end - 1))) {
            end--;
        }
        if (end - start >= 2 && field.charAt(start) == '"' && field.charAt(end - 1) == '"') {
            start++;
            end--;
        }
        return start == end ? null : field.substring(start, end);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }
}
