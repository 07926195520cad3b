package io.sluice.edge.filter.trace;

import io.netty.util.AsciiString;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.Tokens;

/// Takes off a request what is meant for this connection only (RFC 9110 7.6.1): the known fields and every name that
/// `Connection` lists. `TE: trailers` stays, because gRPC servers insist on it, and so does `Upgrade: websocket` when
/// `Connection` asks for it, or over HTTP/2, where it stands for an extended CONNECT and nothing else: afterwards that
/// field alone tells that the client wants a WebSocket.
final class HopByHop {
    private static final long CONNECTION = HeaderName.CONNECTION.bit();
    private static final long UPGRADE = HeaderName.UPGRADE.bit();
    private static final long ALWAYS =
            CONNECTION
                    | HeaderName.KEEP_ALIVE.bit()
                    | HeaderName.PROXY_CONNECTION.bit()
                    | HeaderName.PROXY_AUTHENTICATE.bit()
                    | HeaderName.PROXY_AUTHORIZATION.bit()
                    | HeaderName.TE.bit()
                    | HeaderName.TRANSFER_ENCODING.bit()
                    | HeaderName.HTTP2_SETTINGS.bit();

    /// What a client cannot have removed by naming it: framing, and what the gateway or a proxy it trusts has set.
    private static final long KEPT =
            HeaderName.HOST.bit()
                    | HeaderName.CONTENT_LENGTH.bit()
                    | HeaderName.X_REQUEST_ID.bit()
                    | HeaderName.TRACEPARENT.bit()
                    | HeaderName.TRACESTATE.bit()
                    | ForwardedFilter.FORWARDING;

    private static final int MAX_NAMES = 64;
    private static final AsciiString WEBSOCKET = AsciiString.cached("websocket");

    private HopByHop() {}

    /// False when the request lists more names than any real client does; it is then to be refused.
    static boolean strip(RequestHead request) {
        Headers headers = request.headers();
        if (!headers.containsAny(ALWAYS | UPGRADE)) {
            return true;
        }
        boolean trailers = lists(headers, HeaderName.TE, "trailers");
        boolean webSocket =
                headers.containsAny(UPGRADE)
                        && headers.valueIs(HeaderName.UPGRADE, WEBSOCKET)
                        && (request.protocol() == Protocol.HTTP_2
                                || lists(headers, HeaderName.CONNECTION, "upgrade"));
        if (headers.containsAny(CONNECTION) && !stripListed(headers)) {
            return false;
        }
        headers.removeAll(webSocket ? ALWAYS : ALWAYS | UPGRADE);
        if (trailers) {
            headers.add(HeaderName.TE, "trailers");
        }
        return true;
    }

    private static boolean stripListed(Headers headers) {
        int names = 0;
        for (String list : headers.all(HeaderName.CONNECTION)) {
            for (String item : list.split(",", -1)) {
                String name = item.strip();
                if (++names > MAX_NAMES) {
                    return false;
                }
                if (Tokens.isToken(name) && !usual(name)) {
                    HeaderName header = HeaderName.of(name);
                    if (header.index() < 0 || (header.bit() & (KEPT | ALWAYS | UPGRADE)) == 0) {
                        headers.remove(header);
                    }
                }
            }
        }
        return true;
    }

    private static boolean usual(String name) {
        return name.equalsIgnoreCase("keep-alive")
                || name.equalsIgnoreCase("close")
                || name.equalsIgnoreCase("upgrade");
    }

    private static boolean lists(Headers headers, HeaderName field, String token) {
        if (!headers.contains(field)) {
            return false;
        }
        for (String list : headers.all(field)) {
            for (String item : list.split(",", -1)) {
                if (item.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }
}
