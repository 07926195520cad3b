package io.sluice.edge.filter.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Paths that need no credential. `/a` is `/a` and all below it; `/a/` and `/a/*` are only what is below, so
/// neither reaches `/ab`. Compared with the canonical path. Immutable.
final class SkipPaths {
    private final String[] prefixes;

    SkipPaths(List<String> paths) {
        prefixes = paths.stream().map(SkipPaths::prefix).toArray(String[]::new);
    }

    private static String prefix(String path) {
        int end = path.endsWith("/**") ? path.length() - 2 : path.length();
        end = path.endsWith("/*") ? path.length() - 1 : end;
        return path.substring(0, end);
    }

    /// What a path that could never match, or not as it looks, should be like; null when it is well.
    static @Nullable String problem(String path) {
        if (!path.startsWith("/")) {
            return "it to start with '/'";
        }
        return prefix(path).contains("*") ? "'*' only as the last segment" : null;
    }

    boolean match(String path) {
        for (String prefix : prefixes) {
            if (path.startsWith(prefix)
                    && (path.length() == prefix.length()
                            || prefix.endsWith("/")
                            || path.charAt(prefix.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
