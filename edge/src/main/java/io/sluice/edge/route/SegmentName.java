package io.sluice.edge.route;

/// The part of a segment that counts for matching: what stands before its parameters (RFC 3986 3.3). Many services drop
/// parameters before they look for what is asked for, so `/admin;x/y` must meet the rule for `/admin/*`; and since some
/// decode first, `%3B` starts parameters too.
public final class SegmentName {
    private SegmentName() {}

    /// Whether a parameter starts at this index of a canonical path.
    public static boolean endsAt(String path, int at) {
        char c = path.charAt(at);
        return c == ';' || c == '%' && path.startsWith("%3B", at);
    }

    /// Whether any segment of a canonical path has parameters.
    static boolean hasParameters(String path) {
        return path.indexOf(';') >= 0 || path.contains("%3B");
    }
}
