package io.sluice.edge.filter.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The members of a token's payload, read by name or by dotted path. The whole name goes first, since names
/// such as `https://example.org/roles` hold dots themselves.
record Claims(Map<String, Object> members) {

    @Nullable Object get(String name) {
        Object whole = members.get(name);
        return whole != null || name.indexOf('.') < 0 ? whole : within(members, name);
    }

    private static @Nullable Object within(Map<?, ?> map, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return map.get(path);
        }
        return map.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? within(inner, path.substring(dot + 1))
                : null;
    }

    /// The claim when it is a text that is not empty.
    @Nullable String text(String name) {
        return get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    /// Seconds since the epoch as milliseconds, or null when the claim is no number. Far-off times are brought
    /// into a range that can be added to.
    @Nullable Long millis(String name) {
        if (!(get(name) instanceof Number number)) {
            return null;
        }
        double seconds = number.doubleValue();
        return Double.isNaN(seconds) ? null : (long) Math.clamp(seconds * 1000, -1e15, 1e15);
    }

    /// The words of a text, or the texts of a list; empty for anything else.
    List<String> words(String name) {
        List<String> words = new ArrayList<>();
        switch (get(name)) {
            case String text -> {
                for (String word : text.split(" ", -1)) {
                    if (!word.isEmpty()) {
                        words.add(word);
                    }
                }
            }
            case List<?> items -> {
                for (Object item : items) {
                    if (item instanceof String text && !text.isEmpty()) {
                        words.add(text);
                    }
                }
            }
            case null, default -> {}
        }
        return words;
    }

    /// The claim as one line: texts, numbers and truth values as they are, lists of them with commas; null for
    /// objects and absent claims.
    @Nullable String line(String name) {
        Object value = get(name);
        if (!(value instanceof List<?> items)) {
            return scalar(value);
        }
        StringJoiner line = new StringJoiner(",");
        for (Object item : items) {
            String text = scalar(item);
            if (text != null) {
                line.add(text);
            }
        }
        return line.toString();
    }

    private static @Nullable String scalar(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case null, default -> null;
        };
    }
}
