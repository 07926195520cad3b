package io.sluice.realtime.endpoint;

import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.Response;
import io.sluice.net.ws.WsHandshake;
import io.sluice.realtime.session.TokenCheck;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lets in handshakes that carry a good token: the query parameter `token`, or when that is empty the field
/// `Authorization`, with or without `Bearer ` (in this case of letters) before it. All others are refused before any
/// upgrade with 401, the text `Unauthorized` and the end of the connection. Requests that are no handshakes pass, and
/// the next handler says that there is no page. Immutable.
public final class TokenGate implements Handler {
    private static final String PARAMETER = "token";
    private static final String SCHEME = "Bearer ";

    private final TokenCheck tokens;
    private final Handler next;

    public TokenGate(TokenCheck tokens, Handler next) {
        this.tokens = tokens;
        this.next = next;
    }

    @Override
    public void handle(Exchange exchange) {
        if (!WsHandshake.asked(exchange.request())) {
            next.handle(exchange);
            return;
        }
        String token = token(exchange.request());
        if (token != null && tokens.check(token) instanceof TokenCheck.Valid valid) {
            exchange.principal(valid.principal());
            next.handle(exchange);
        } else {
            exchange.requestBody().discard();
            exchange.last();
            exchange.answer(Response.of(401, "text/html", "Unauthorized"));
        }
    }

    static @Nullable String token(RequestHead request) {
        String query = request.query();
        String token = query == null ? null : parameter(query);
        if (token != null && !token.isEmpty()) {
            return token;
        }
        String field = request.headers().get(HeaderName.AUTHORIZATION);
        if (field == null) {
            return null;
        }
        String bare = field.startsWith(SCHEME) ? field.substring(SCHEME.length()) : field;
        return bare.isEmpty() ? null : bare;
    }

    /// Value of the first parameter of that name.
    private static @Nullable String parameter(String query) {
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (query.substring(start, nameEnd).equals(PARAMETER)) {
                return decoded(query.substring(Math.min(nameEnd + 1, end), end));
            }
            start = end + 1;
        }
        return null;
    }

    private static @Nullable String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return value;
        }
    }
}
