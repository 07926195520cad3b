package io.sluice.proxy.upstream.balance;

import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import org.jspecify.annotations.Nullable;

/// Reads one cookie of a request (RFC 6265 4.2), wherever it stands among the others and in however many fields.
final class RequestCookies {
    private RequestCookies() {}

    /// The value of the first cookie of this name, without surrounding quotes, or null.
    static @Nullable String find(Headers headers, String name) {
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

    /// The value of this name in one `Cookie` field, or null. Names are compared exactly.
    static @Nullable String find(String field, String name) {
        int start = 0;
        while (start < field.length()) {
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

    private static String value(String field, int from, int to) {
        int start = from;
        int end = to;
        while (end > start && blank(field.charAt(end - 1))) {
            end--;
        }
        if (end - start >= 2 && field.charAt(start) == '"' && field.charAt(end - 1) == '"') {
            start++;
            end--;
        }
        return field.substring(start, end);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }
}
