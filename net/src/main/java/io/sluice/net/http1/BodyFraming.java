package io.sluice.net.http1;

import io.sluice.net.http.Method;

/// How the end of an outgoing body is told to the receiver (RFC 9112 6.3).
enum BodyFraming {
    /// No body; pieces are dropped.
    NONE,
    LENGTH,
    CHUNKED,
    /// The connection closes after the body; for HTTP/1.0 clients.
    UNTIL_CLOSE;

    /// How a request is framed; one without a body says so only where a body would be expected (RFC 9110 8.6).
    ///
    /// @param length bytes of its body, -1 when not known
    static BodyFraming ofRequest(Method method, long length) {
        if (length != 0) {
            return length > 0 ? LENGTH : CHUNKED;
        }
        return method.announcesNoBody() ? LENGTH : NONE;
    }
}
