package io.sluice.net.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RefusalListener;
import org.jspecify.annotations.Nullable;

/// Tells the counters why streams or the whole connection of one client were refused by the codec, before there was an
/// exchange to count. Loop thread only.
final class Refusals {
    private static final Failure MALFORMED =
            Failure.of(FailureKind.BAD_REQUEST, "Malformed HTTP/2");
    private static final Failure LARGE =
            Failure.of(FailureKind.HEADERS_TOO_LARGE, "Header list too large");
    private static final Failure FLOOD =
            Failure.of(FailureKind.RATE_LIMIT, "Too many frames or streams ended early");
    private static final Failure CROWDED =
            Failure.of(FailureKind.OVERLOADED, "Too many streams at once");
    private static final Failure LATE =
            Failure.of(FailureKind.CLIENT_TIMEOUT, "Preface or head did not arrive in time");

    private final RefusalListener listener;
    private final Peer peer;

    Refusals(RefusalListener listener, Peer peer) {
        this.listener = listener;
        this.peer = peer;
    }

    /// A stream or the connection ended with this error of the client's; null for a fault of our own.
    void of(@Nullable Http2Exception error) {
        if (error == null || error.error() == Http2Error.INTERNAL_ERROR) {
            return;
        }
        tell(
                switch (error) {
                    case Http2Exception.HeaderListSizeException _ -> LARGE;
                    case Http2Exception other when other.error() == Http2Error.ENHANCE_YOUR_CALM ->
                            FLOOD;
                    case Http2Exception other when other.error() == Http2Error.REFUSED_STREAM ->
                            CROWDED;
                    case Http2Exception _ -> MALFORMED;
                });
    }

    /// A preface or a head took too long.
    void late() {
        tell(LATE);
    }

    private void tell(Failure why) {
        listener.refused(peer, Protocol.HTTP_2, why);
    }
}
