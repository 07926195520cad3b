package io.sluice.proxy.attempt;

import io.sluice.net.http.BodySource;

/// Which answers count as streams, whose length in time is not bounded by the total clock.
final class Streaming {
    /// A longer answer takes as long as the client's line needs, which says nothing about the service.
    static final long LONGEST_PLAIN_BODY = 1024 * 1024;

    private Streaming() {}

    /// An answer without a known length is a stream; that covers event streams, NDJSON and gRPC, which never announce
    /// one, without a look at the content type.
    static boolean isStream(BodySource body) {
        return body.length() < 0 || body.length() > LONGEST_PLAIN_BODY;
    }
}
