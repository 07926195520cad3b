package io.sluice.net.http1;

import io.netty.handler.codec.http.HttpResponseStatus;

/// Reason phrases; they carry no meaning, but people read them.
final class Reasons {
    private Reasons() {}

    static String of(int status) {
        String known = HttpResponseStatus.valueOf(status).reasonPhrase();
        return known.contains("(") ? "" : known;
    }
}
