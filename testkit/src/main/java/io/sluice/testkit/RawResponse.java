package io.sluice.testkit;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One response as it was read from the wire.
public final class RawResponse {
    private final String version;
    private final int status;
    private final String reason;
    private final RawHeaders headers;
    private final byte[] body;
    private final RawHeaders trailers;

    RawResponse(
            String version,
            int status,
            String reason,
            RawHeaders headers,
            byte[] body,
            RawHeaders trailers) {
        this.version = version;
        this.status = status;
        this.reason = reason;
        this.headers = headers;
        this.body = body;
        this.trailers = trailers;
    }

    /// As in the status line, `HTTP/1.1`.
    public String version() {
        return version;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public RawHeaders headers() {
        return headers;
    }

    /// The body without chunk framing; empty when there is none. Not a copy.
    public byte[] body() {
        return body;
    }

    /// Fields after a chunked body; empty otherwise.
    public RawHeaders trailers() {
        return trailers;
    }

    /// The body as UTF-8.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// Value of the first field of this name, or null.
    public @Nullable String header(String name) {
        return headers.first(name);
    }

    @Override
    public String toString() {
        return version + ' ' + status + ' ' + reason + '\n' + headers.fields() + '\n' + text();
    }
}
