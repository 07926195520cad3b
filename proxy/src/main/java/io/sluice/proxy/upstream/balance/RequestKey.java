package io.sluice.proxy.upstream.balance;

import io.sluice.net.http.Cookies;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.RequestHead;

/// What a request is hashed by: the `X-Session-Id` header, else the `session` cookie, else the client's address, else
/// the path.
final class RequestKey {
    private static final String COOKIE = "session";

    private RequestKey() {}

    static long hash(Exchange exchange) {
        RequestHead request = exchange.request();
        String session = request.headers().get(HeaderName.X_SESSION_ID);
        if (session != null && !session.isEmpty()) {
            return Hash64.of(session);
        }
        String cookie = Cookies.find(request.headers(), COOKIE);
        if (cookie != null) {
            return Hash64.of(cookie);
        }
        String address = exchange.clientAddress();
        return Hash64.of(address.isEmpty() ? request.path() : address);
    }
}
