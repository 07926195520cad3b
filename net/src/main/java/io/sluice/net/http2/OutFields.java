package io.sluice.net.http2;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;

/// Turns heads into what the frame encoder takes: arrays of views, nothing copied but names that are no constants.
final class OutFields {
    /// Fields that mean one connection and must not stand in HTTP/2 (RFC 9113 8.2.2).
    private static final long FORBIDDEN =
            HeaderName.CONNECTION.bit()
                    | HeaderName.KEEP_ALIVE.bit()
                    | HeaderName.PROXY_CONNECTION.bit()
                    | HeaderName.TRANSFER_ENCODING.bit()
                    | HeaderName.UPGRADE.bit()
                    | HeaderName.HTTP2_SETTINGS.bit();

    private static final long HOST = HeaderName.HOST.bit();
    private static final AsciiString[] STATUS = new AsciiString[600];

    static {
        for (int status = 100; status < STATUS.length; status++) {
            STATUS[status] = AsciiString.cached(Integer.toString(status));
        }
    }

    private OutFields() {}

    static Http2Headers interim(ResponseHead head) {
        return ReadOnlyHttp2Headers.serverHeaders(false, status(head), pairs(head.headers(), 0));
    }

    /// @param date put in when the head has none of its own (RFC 9110 6.6.1)
    static Http2Headers answer(ResponseHead head, AsciiString date) {
        boolean add = !head.headers().contains(HeaderName.DATE);
        AsciiString[] pairs = pairs(head.headers(), add ? 1 : 0);
        if (add) {
            pairs[pairs.length - 2] = HeaderName.DATE.lower();
            pairs[pairs.length - 1] = date;
        }
        return ReadOnlyHttp2Headers.serverHeaders(false, status(head), pairs);
    }

    static Http2Headers request(RequestHead head) {
        head.headers().removeAll(HOST);
        return ReadOnlyHttp2Headers.clientHeaders(
                false,
                new AsciiString(head.method().name()),
                new AsciiString(head.target()),
                new AsciiString(head.scheme()),
                new AsciiString(head.authority()),
                pairs(head.headers(), 0));
    }

    static Http2Headers trailers(Headers trailers) {
        return ReadOnlyHttp2Headers.trailers(false, pairs(trailers, 0));
    }

    private static AsciiString status(ResponseHead head) {
        return STATUS[head.status()];
    }

    private static AsciiString[] pairs(Headers headers, int more) {
        headers.removeAll(FORBIDDEN);
        int size = headers.size();
        AsciiString[] pairs = new AsciiString[2 * (size + more)];
        for (int i = 0; i < size; i++) {
            pairs[2 * i] = headers.lowerName(i);
            pairs[2 * i + 1] = headers.valueView(i);
        }
        return pairs;
    }
}
