package io.sluice.edge.filter.auth;

import io.sluice.net.http.Cookies;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.RequestHead;
import org.jspecify.annotations.Nullable;

/// Finds the token of a request: header, then cookie, then query. A query parameter is always taken out; the
/// header only when it is not to be passed on. Immutable.
final class TokenPlaces {
    /// No token at all, for a request whose service might read another header than we did.
    private static final String AMBIGUOUS = "";

    private final HeaderName header;
    private final String scheme;
    private final @Nullable String cookie;
    private final @Nullable String parameter;
    private final boolean forward;

    TokenPlaces(JwtPlacesConfig config) {
        header = HeaderName.of(config.headerName());
        scheme = config.bearerPrefix().strip();
        cookie = config.cookieName();
        parameter = config.tokenQuery();
        forward = config.forwardToken();
    }

    @Nullable String take(Exchange exchange) {
        String inQuery = parameter == null ? null : QueryParameter.take(exchange, parameter);
        String token = inHeader(exchange.request());
        if (token == null && cookie != null) {
            token = Cookies.find(exchange.request().headers(), cookie);
        }
        return token != null ? token : inQuery;
    }

    private @Nullable String inHeader(RequestHead request) {
        Headers headers = request.headers();
        String value = headers.get(header);
        if (value == null) {
            return null;
        }
        if (headers.count(header) > 1) {
            return AMBIGUOUS;
        }
        String token = Credentials.after(scheme, value);
        if (token == null && !header.equals(HeaderName.AUTHORIZATION) && value.indexOf(' ') < 0) {
            token = value;
        }
        if (token != null && !forward) {
            headers.remove(header);
        }
        return token;
    }
}
