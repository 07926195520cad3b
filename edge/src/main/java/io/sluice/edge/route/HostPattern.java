package io.sluice.edge.route;

import java.util.Locale;

/// A host name a rule takes.
///
/// @param name in lower case; for a wildcard what follows the `*`, with its dot
record HostPattern(String name, boolean wildcard) {

    static HostPattern of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("*.")
                ? new HostPattern(lower.substring(1), true)
                : new HostPattern(lower, false);
    }

    /// Whether it takes this host.
    ///
    /// @param host in lower case, without port
    boolean takes(String host) {
        return wildcard ? host.length() > name.length() && host.endsWith(name) : host.equals(name);
    }

    static boolean valid(String text) {
        String name = text.startsWith("*.") ? text.substring(2) : text;
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.length() > 4;
        }
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c ->
                                Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
    }
}
