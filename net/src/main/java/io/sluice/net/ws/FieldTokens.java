package io.sluice.net.ws;

import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import java.util.ArrayList;
import java.util.List;

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
}
