package io.sluice.net.ws;

import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Fields whose values are lists with commas (RFC 9110 5.6.1).
final class FieldTokens {
    private FieldTokens() {}

    /// The elements of all fields of this name, in order, empty ones left out.
    static List<String> all(Headers headers, HeaderName name) {
        List<String> elements = new ArrayList<>(4);
        for (String value : headers.all(name)) {
            int from = 0;
            while (from <= value.length()) {
                int comma = value.indexOf(',', from);
                int to = comma < 0 ? value.length() : comma;
                String element = value.substring(from, to).strip();
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                from = to + 1;
            }
        }
        return elements;
    }

    /// Whether one element is this word, without case.
    static boolean contain(Headers headers, HeaderName name, String word) {
        if (!headers.contains(name)) {
            return false;
        }
        for (String element : all(headers, name)) {
            if (element.equalsIgnoreCase(word)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the elements of all fields of this name are tokens (RFC 9110 5.6.2), no two of them the same.
    static boolean distinctTokens(Headers headers, HeaderName name) {
        if (!headers.contains(name)) {
            return true;
        }
        Set<String> seen = new HashSet<>();
        for (String element : all(headers, name)) {
            if (!element.chars().allMatch(FieldTokens::isToken) || !seen.add(element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isToken(int c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
