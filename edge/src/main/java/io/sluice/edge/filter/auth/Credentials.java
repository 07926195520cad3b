package io.sluice.edge.filter.auth;

import org.jspecify.annotations.Nullable;

/// Reads `scheme credentials` (RFC 9110 11.4).
final class Credentials {
    private Credentials() {}

    /// What follows the scheme, compared without case, and one or more spaces. The whole value when the scheme
    /// is empty.
    ///
    /// @return null when the value starts otherwise; empty when nothing follows
    static @Nullable String after(String scheme, String value) {
        int end = scheme.length();
        if (end == 0) {
            return value;
        }
        if (!value.regionMatches(true, 0, scheme, 0, end)) {
            return null;
        }
        if (value.length() == end) {
            return "";
        }
        if (value.charAt(end) != ' ') {
            return null;
        }
        int start = end + 1;
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        return value.substring(start);
    }
}
