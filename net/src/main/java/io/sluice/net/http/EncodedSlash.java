package io.sluice.net.http;

/// What to do with `%2F` in a path. It is never decoded: a slash that separates segments and one that is part of a
/// segment stay different.
public enum EncodedSlash {
    /// Part of its segment, passed on as `%2F`.
    KEEP,
    /// The path is refused.
    REJECT
}
