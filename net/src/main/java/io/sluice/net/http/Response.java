package io.sluice.net.http;

import java.nio.charset.StandardCharsets;

/// A whole small response that the gateway itself gives: a page, an error, a refusal.
public final class Response {
    private static final byte[] NOTHING = {};

    private final ResponseHead head;
    private final byte[] body;

    private Response(ResponseHead head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /// @param contentType media type with charset where it matters
    public static Response of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /// @param body not copied, not to be changed afterwards
    public static Response of(int status, String contentType, byte[] body) {
        ResponseHead head = new ResponseHead(status);
        head.headers().add(HeaderName.CONTENT_TYPE, contentType);
        return new Response(head, body);
    }

    public static Response empty(int status) {
        return new Response(new ResponseHead(status), NOTHING);
    }

    public Response with(HeaderName name, String value) {
        head.headers().set(name, value);
        return this;
    }

    public ResponseHead head() {
        return head;
    }

    /// The bytes themselves, not a copy; not to be changed.
    public byte[] body() {
        return body;
    }
}
