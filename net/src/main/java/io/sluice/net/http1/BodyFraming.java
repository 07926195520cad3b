package io.sluice.net.http1;

/// How the end of an outgoing body is told to the receiver (RFC 9112 6.3).
enum BodyFraming {
    /// No body; pieces are dropped.
    NONE,
    LENGTH,
    CHUNKED,
    /// The connection closes after the body; for HTTP/1.0 clients.
    UNTIL_CLOSE
}
