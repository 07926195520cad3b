package io.sluice.net.http;

/// The head of one response.
///
/// @param status 100–599
/// @param headers the fields, without hop-by-hop ones and without framing: the writer sets `Transfer-Encoding` itself,
///     and `Content-Length` stands here exactly when the length is known
public record ResponseHead(int status, Headers headers) {

    public ResponseHead(int status) {
        this(status, new Headers());
    }

    /// Whether a response of this status never has a body (RFC 9110 6.4.1); HEAD is the caller's to know.
    public boolean bodiless() {
        return status < 200 || status == 204 || status == 304;
    }

    /// The declared length of the body in bytes, or -1.
    public long contentLength() {
        String value = headers.get(HeaderName.CONTENT_LENGTH);
        return value == null ? -1 : Long.parseLong(value);
    }
}
