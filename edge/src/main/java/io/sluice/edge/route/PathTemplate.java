package io.sluice.edge.route;

import io.sluice.edge.route.PathPattern.Segment;
import io.sluice.edge.route.PathPattern.Tail;
import io.sluice.net.http.CanonicalPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A path to be made from a request's: literal text, `{name}` for a segment the pattern names, `{*}` for what its tail
/// stands for. Immutable, any thread.
public final class PathTemplate {

    private sealed interface Part {
        record Text(String text) implements Part {}

        record Value(String name) implements Part {}

        record Rest() implements Part {}
    }

    private final PathPattern pattern;
    private final List<Part> parts;

    private PathTemplate(PathPattern pattern, List<Part> parts) {
        this.pattern = pattern;
        this.parts = parts;
    }

    /// @throws IllegalArgumentException when the text is no template for this pattern
    public static PathTemplate parse(String text, PathPattern pattern) {
        if (!text.startsWith("/")) {
            throw wrong(text, "expected it to start with '/'");
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int end = open < 0 ? text.length() : open;
            if (end > at) {
                parts.add(new Part.Text(text.substring(at, end)));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw wrong(text, "expected '}' behind '{'");
            }
            parts.add(part(text, text.substring(open + 1, close), pattern));
            at = close + 1;
        }
        PathTemplate template = new PathTemplate(pattern, List.copyOf(parts));
        if (template.join("/a/b", _ -> "c") == null) {
            throw wrong(text, "expected a path");
        }
        return template;
    }

    private static Part part(String text, String name, PathPattern pattern) {
        if (name.equals("*")) {
            if (pattern.tail() == Tail.NONE) {
                throw wrong(text, "expected {*} only for a pattern that ends in '/*' or '/'");
            }
            return new Part.Rest();
        }
        if (!pattern.segments().contains(new Segment.Parameter(name))) {
            throw wrong(text, "expected the pattern " + pattern.text() + " to name {" + name + "}");
        }
        return new Part.Value(name);
    }

    private static IllegalArgumentException wrong(String text, String expected) {
        return new IllegalArgumentException("rewrite '" + text + "': " + expected);
    }

    /// The canonical path for a request that matched the pattern, or null when the values do not make one.
    ///
    /// @param path canonical
    /// @param values of the pattern's names
    public @Nullable String fill(String path, Map<String, String> values) {
        return join(path, name -> values.getOrDefault(name, ""));
    }

    private @Nullable String join(String path, java.util.function.UnaryOperator<String> values) {
        StringBuilder made = new StringBuilder(path.length() + 32);
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String text) -> made.append(text);
                case Part.Value(String name) -> made.append(values.apply(name));
                case Part.Rest _ -> {
                    int start = pattern.prefixEnd(path) + 1;
                    if (start < path.length()) {
                        made.append(path, start, path.length());
                    }
                }
            }
        }
        return CanonicalPath.of(made.toString());
    }
}
