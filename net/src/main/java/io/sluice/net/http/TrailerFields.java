package io.sluice.net.http;

import io.netty.util.AsciiString;

/// Which fields may not stand behind a body (RFC 9110 6.5.1). A service that adds trailers to the fields of the head would
/// take them for what the gateway has said or settled there, and nobody has looked at them: so they are dropped.
public final class TrailerFields {
    private static final long NEVER =
            HeaderName.CONTENT_LENGTH.bit()
                    | HeaderName.TRANSFER_ENCODING.bit()
                    | HeaderName.HOST.bit()
                    | HeaderName.CONNECTION.bit()
                    | HeaderName.TRAILER.bit()
                    | HeaderName.AUTHORIZATION.bit()
                    | HeaderName.COOKIE.bit()
                    | HeaderName.SET_COOKIE.bit()
                    | HeaderName.CONTENT_TYPE.bit()
                    | HeaderName.CONTENT_ENCODING.bit()
                    | HeaderName.TE.bit()
                    | HeaderName.UPGRADE.bit()
                    | HeaderName.KEEP_ALIVE.bit();

    /// What says in the head of a request where it goes, who asks and by which way.
    private static final long SETTLED =
            HeaderName.FORWARDED.bit()
                    | HeaderName.X_REAL_IP.bit()
                    | HeaderName.X_REQUEST_ID.bit()
                    | HeaderName.TRACEPARENT.bit()
                    | HeaderName.TRACESTATE.bit()
                    | HeaderName.X_API_KEY.bit()
                    | HeaderName.X_SESSION_ID.bit()
                    | HeaderName.ORIGIN.bit()
                    | HeaderName.EXPECT.bit()
                    | HeaderName.HTTP2_SETTINGS.bit()
                    | HeaderName.PROXY_CONNECTION.bit()
                    | HeaderName.PROXY_AUTHORIZATION.bit();

    private static final AsciiString[] SETTLED_PREFIXES = {
        AsciiString.cached("x-forwarded-"),
        AsciiString.cached("x-auth-"),
        AsciiString.cached("x-user-")
    };

    /// For what services send.
    public static final Headers.FieldTest NOT_IN_ANSWERS =
            (trailers, i) -> known(trailers, i, NEVER);

    /// For what clients send: beside the same fields none that the gateway itself sets or removes, and none with `_`,
    /// which some services cannot tell from `-`.
    public static final Headers.FieldTest NOT_IN_REQUESTS = TrailerFields::settled;

    private TrailerFields() {}

    private static boolean settled(Headers trailers, int i) {
        for (AsciiString prefix : SETTLED_PREFIXES) {
            if (trailers.nameStartsWith(i, prefix)) {
                return true;
            }
        }
        return known(trailers, i, NEVER | SETTLED) || trailers.name(i).indexOf('_') >= 0;
    }

    private static boolean known(Headers trailers, int i, long names) {
        HeaderName name = trailers.known(i);
        return name != null && (name.bit() & names) != 0;
    }
}
