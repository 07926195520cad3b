package io.sluice.edge.filter.auth;

import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import org.jspecify.annotations.Nullable;

/// Finds one cookie (RFC 6265 5.4).
final class CookieValue {
    private CookieValue() {}

    /// Value of the first cookie of this name, without quotes around it; null when there is none or it is
    /// empty.
    static @Nullable String find(Headers headers, String name) {
        for (String line : headers.all(HeaderName.COOKIE)) {
            String value = find(line, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    static @Nullable String find(String line, String name) {
        int start = 0;
        while (start < line.length()) {
            int end = line.indexOf(';', start);
            if (end < 0) {
                end = line.length();
            }
            String pair = line.substring(start, end).strip();
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
                return unquoted(pair.substring(equals + 1));
            }
            start = end + 1;
        }
        return null;
    }

    private static @Nullable String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        String plain = quoted ? value.substring(1, value.length() - 1) : value;
        return plain.isEmpty() ? null : plain;
    }
}
