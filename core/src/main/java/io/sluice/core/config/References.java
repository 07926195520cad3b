package io.sluice.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Replaces `${VAR}`, `${VAR:-default}` and `${file:path}` in scalars; `$${` stands for a literal `${`.
/// What a reference stands for never appears in a complaint.
final class References {
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_NESTING = 8;

    private final Map<String, String> environment;
    private final Map<String, Path> directories;
    private final Complaints complaints;

    /// @param directories by name of the source, where `${file:…}` starts from
    References(
            Map<String, String> environment, Map<String, Path> directories, Complaints complaints) {
        this.environment = environment;
        this.directories = directories;
        this.complaints = complaints;
    }

    /// The text with every reference replaced, or null after a complaint.
    @Nullable String expand(Tree.Leaf leaf, String path) {
        if (leaf.origin() == Tree.Origin.ENVIRONMENT || !leaf.text().contains("${")) {
            return leaf.text();
        }
        return expand(leaf.text(), leaf.place(), path);
    }

    private @Nullable String expand(String text, Place place, String path) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int start = text.indexOf("${", at);
            if (start < 0) {
                break;
            }
            if (start > at && text.charAt(start - 1) == '$') {
                out.append(text, at, start - 1).append("${");
                at = start + 2;
                continue;
            }
            int end = end(text, start + 2);
            if (end < 0) {
                complaints.error(place, path, "`${` has no `}`; write `$${` for a literal `${`");
                return null;
            }
            String value = value(text.substring(start + 2, end), place, path);
            if (value == null) {
                return null;
            }
            out.append(text, at, start).append(value);
            at = end + 1;
        }
        return out.append(text, Math.min(at, text.length()), text.length()).toString();
    }

    /// Where the reference whose inside starts at `from` closes; a default may hold references.
    private static int end(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '}') {
                if (--depth == 0) {
                    return i;
                }
            } else if (text.startsWith("${", i)) {
                if (++depth > MAX_NESTING) {
                    return -1;
                }
            }
        }
        return -1;
    }

    private @Nullable String value(String inside, Place place, String path) {
        if (inside.startsWith("file:")) {
            return file(inside.substring("file:".length()), place, path);
        }
        int split = inside.indexOf(":-");
        String name = split < 0 ? inside : inside.substring(0, split);
        if (!isName(name)) {
            complaints.error(
                    place,
                    path,
                    "`${"
                            + inside
                            + "}` is none of ${VAR}, ${VAR:-default}, ${file:path}; write `$${` for a"
                            + " literal `${`");
            return null;
        }
        String value = environment.get(name);
        if (split >= 0 && (value == null || value.isEmpty())) {
            return expand(inside.substring(split + 2), place, path);
        }
        if (value == null) {
            complaints.error(
                    place,
                    path,
                    "environment variable `"
                            + name
                            + "` is not set and has no default (${"
                            + name
                            + ":-default})");
        }
        return value;
    }

    private @Nullable String file(String name, Place place, String path) {
        Path directory = directories.getOrDefault(place.file(), Path.of(""));
        try {
            Path file = Path.of(name);
            ConfigSource.Outcome outcome =
                    ConfigSource.read(directory.resolve(file), MAX_FILE_BYTES);
            if (outcome.problem() == null) {
                return withoutLineEnd(outcome.text());
            }
            complaints.error(
                    place,
                    path,
                    "file `"
                            + name
                            + "` "
                            + outcome.problem()
                            + (file.isAbsolute() ? "" : ", seen from the configuration"));
        } catch (InvalidPathException e) {
            complaints.error(place, path, "`" + name + "` is no file name");
        }
        return null;
    }

    private static String withoutLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
