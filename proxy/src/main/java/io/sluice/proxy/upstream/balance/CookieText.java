package io.sluice.proxy.upstream.balance;

import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.RequestHead;

/// Writes `Set-Cookie` fields (RFC 6265 4.1): for the whole host, not for scripts, not for requests other sites cause,
/// and over TLS only when the client came over TLS.
///
/// @param maxAge seconds
record CookieText(String name, long maxAge) {

    String text(String value, Exchange exchange) {
        boolean secure = exchange.peer().tls() || overTls(exchange.request());
        return name
                + '='
                + value
                + "; Path=/; Max-Age="
                + maxAge
                + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    /// Over TLS up to a trusted proxy in front; whatever others say about that was replaced.
    private static boolean overTls(RequestHead request) {
        String proto = request.headers().get(HeaderName.X_FORWARDED_PROTO);
        return request.scheme().equals("https") || proto != null && proto.startsWith("https");
    }
}
