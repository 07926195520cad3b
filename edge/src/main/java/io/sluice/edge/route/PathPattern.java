package io.sluice.edge.route;

import io.sluice.net.http.CanonicalPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A path pattern of the configuration, taken apart.
///
/// `:name` and `{name}` stand for one segment, a `*` between slashes for one segment without a name, a trailing `/*` or
/// `/**` for the bare prefix and everything below it, a trailing `/` for that path and everything below, a trailing
/// `/{$}` for exactly the path with its slash. Everything else is literal, case-sensitive and canonical.
///
/// @param text as written
/// @param segments between the slashes, without what `tail` stands for
public record PathPattern(String text, List<Segment> segments, Tail tail) {

    /// One segment of a pattern.
    public sealed interface Segment {
        /// Matches itself, in canonical form.
        record Literal(String text) implements Segment {}

        /// Matches any one segment that is not empty.
        ///
        /// @param name empty for `*`
        record Parameter(String name) implements Segment {}
    }

    /// What may follow the segments. In the order in which they win over one another.
    public enum Tail {
        /// Nothing.
        NONE,
        /// One slash.
        SLASH,
        /// A slash and anything.
        BELOW,
        /// Nothing, or a slash and anything.
        REST
    }

    public PathPattern {
        segments = List.copyOf(segments);
    }

    /// @throws IllegalArgumentException when the text is no pattern; the message says what was expected
    public static PathPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw wrong(text, "expected it to start with '/'");
        }
        String[] parts = text.substring(1).split("/", -1);
        int last = parts.length - 1;
        Tail tail =
                switch (parts[last]) {
                    case "" -> Tail.BELOW;
                    case "*", "**" -> Tail.REST;
                    case "{$}" -> Tail.SLASH;
                    default -> Tail.NONE;
                };
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < (tail == Tail.NONE ? parts.length : last); i++) {
            segments.add(segment(text, parts[i]));
        }
        refuseRepeatedNames(text, segments);
        return new PathPattern(text, segments, tail);
    }

    private static Segment segment(String text, String part) {
        if (part.isEmpty()) {
            throw wrong(text, "expected no empty segment ('//')");
        }
        if (part.equals("*")) {
            return new Segment.Parameter("");
        }
        if (part.startsWith(":")) {
            return new Segment.Parameter(name(text, part.substring(1)));
        }
        if (part.startsWith("{") && part.endsWith("}")) {
            return new Segment.Parameter(name(text, part.substring(1, part.length() - 1)));
        }
        if (part.contains("*")) {
            throw wrong(
                    text,
                    "expected '*' to be a whole segment, which takes any one segment, and '**' to be the last one");
        }
        if (part.contains("{") || part.contains("}")) {
            throw wrong(text, "expected '{name}' to be a whole segment");
        }
        String canonical = CanonicalPath.of("/" + part);
        if (canonical == null || canonical.length() == 1) {
            throw wrong(text, "expected '" + part + "' to be a plain, percent-encoded segment");
        }
        if (SegmentName.hasParameters(canonical)) {
            throw wrong(text, "expected no ';': rules are found without the parameters of a path");
        }
        return new Segment.Literal(canonical.substring(1));
    }

    private static String name(String text, String name) {
        boolean plain =
                !name.isEmpty()
                        && name.chars()
                                .allMatch(
                                        c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
        if (!plain) {
            throw wrong(text, "expected a name of letters, digits, '_' or '-' for '" + name + "'");
        }
        return name;
    }

    private static void refuseRepeatedNames(String text, List<Segment> segments) {
        Set<String> seen = new HashSet<>();
        for (Segment segment : segments) {
            if (segment instanceof Segment.Parameter(String name)
                    && !name.isEmpty()
                    && !seen.add(name)) {
                throw wrong(text, "expected the name '" + name + "' once");
            }
        }
    }

    private static IllegalArgumentException wrong(String text, String expected) {
        return new IllegalArgumentException("path '" + text + "': " + expected);
    }

    /// Whether any segment has a name.
    public boolean hasParameters() {
        return segments.stream()
                .anyMatch(s -> s instanceof Segment.Parameter(String name) && !name.isEmpty());
    }

    /// The literal segments before the first parameter, such as `/api/v1`; empty when there are none.
    public String literalPrefix() {
        StringBuilder prefix = new StringBuilder();
        for (Segment segment : segments) {
            if (!(segment instanceof Segment.Literal(String literal))) {
                break;
            }
            prefix.append('/').append(literal);
        }
        return prefix.toString();
    }

    /// Where in a matching path the segments end: the index of the slash behind them, or the length of the path.
    public int prefixEnd(String path) {
        int at = 0;
        for (int i = 0; i < segments.size(); i++) {
            int slash = path.indexOf('/', at + 1);
            at = slash < 0 ? path.length() : slash;
        }
        return at;
    }
}
