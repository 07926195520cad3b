package io.sluice.proxy.upstream.balance;

import io.sluice.net.http.Exchange;

/// Writes `Set-Cookie` fields (RFC 6265 4.1): for the whole host, not for scripts, not for requests other sites cause,
/// and over TLS only when it was issued over TLS.
///
/// @param maxAge seconds
record CookieText(String name, long maxAge) {

    String text(String value, Exchange exchange) {
        boolean secure = exchange.peer().tls() || exchange.request().scheme().equals("https");
        return name
                + '='
                + value
                + "; Path=/; Max-Age="
                + maxAge
                + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }
}
