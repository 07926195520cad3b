package io.sluice.edge.filter.auth;

import io.sluice.net.http.Exchange;
import io.sluice.net.http.RequestHead;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Takes a parameter out of a query. All others stay byte for byte and in order.
///
/// @param value of its first occurrence, percent-decoded, one character per byte; null when there is none
/// @param rest the query without any occurrence, null when nothing is left
record QueryParameter(@Nullable String value, @Nullable String rest) {

    /// Takes the parameter out of the target of this exchange.
    ///
    /// @return null when it is not there or empty
    static @Nullable String take(Exchange exchange, String name) {
        RequestHead request = exchange.request();
        String query = request.query();
        if (query == null) {
            return null;
        }
        QueryParameter taken = of(query, name);
        String value = taken.value();
        if (value == null) {
            return null;
        }
        exchange.request(request.withTarget(request.path(), taken.rest()));
        return value.isEmpty() ? null : value;
    }

    static QueryParameter of(String query, String name) {
        String value = null;
        StringBuilder rest = new StringBuilder(query.length());
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            String pair = query.substring(start, end);
            int equals = pair.indexOf('=');
            String own = equals < 0 ? pair : pair.substring(0, equals);
            if (decoded(own).equals(name)) {
                if (value == null) {
                    value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                }
            } else {
                rest.append(pair).append('&');
            }
            start = end + 1;
        }
        if (value == null) {
            return new QueryParameter(null, query);
        }
        return new QueryParameter(
                value, rest.isEmpty() ? null : rest.substring(0, rest.length() - 1));
    }

    /// `%XX` and `+` decoded; what is no escape stays as it is.
    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high =
                    c == '%' && i + 2 < text.length()
                            ? Character.digit(text.charAt(i + 1), 16)
                            : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes[count++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[count++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        return new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    }
}
