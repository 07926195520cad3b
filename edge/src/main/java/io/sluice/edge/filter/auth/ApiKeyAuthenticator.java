package io.sluice.edge.filter.auth;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import org.jspecify.annotations.Nullable;

/// Keys from the configuration. The key leaves the head as soon as it is found.
final class ApiKeyAuthenticator implements Authenticator {
    static final String ID = "apikey";

    private final ApiKeyTable keys;
    private final HeaderName header;
    private final @Nullable String scheme;
    private final @Nullable String parameter;
    private final Ticker ticker;
    private final String challenge;

    ApiKeyAuthenticator(ApiKeyTable keys, ApiKeyPlacesConfig places, Ticker ticker) {
        this.keys = keys;
        this.header = HeaderName.of(places.headerName());
        this.scheme = places.scheme();
        this.parameter = places.queryParam();
        this.ticker = ticker;
        this.challenge = places.scheme() == null ? "ApiKey" : places.scheme();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String challenge() {
        return challenge;
    }

    @Override
    public @Nullable Claim claim(Exchange exchange) {
        String inQuery = parameter == null ? null : QueryParameter.take(exchange, parameter);
        String key = inHeader(exchange.request().headers());
        String presented = key != null ? key : inQuery;
        return presented == null ? null : () -> authenticate(presented);
    }

    private @Nullable String inHeader(Headers headers) {
        String key = null;
        if (scheme != null) {
            String value = headers.get(HeaderName.AUTHORIZATION);
            key = value == null ? null : Credentials.after(scheme, value);
            if (key != null) {
                headers.remove(HeaderName.AUTHORIZATION);
            }
        }
        String own = headers.get(header);
        if (own != null && !(scheme != null && header.equals(HeaderName.AUTHORIZATION))) {
            headers.remove(header);
            key = own;
        }
        return key;
    }

    private Authentication authenticate(String presented) {
        ApiKeyTable.ApiKey key = keys.find(presented);
        if (key == null) {
            return denied("The API key is not known.");
        }
        return switch (key.status()) {
            case DISABLED -> denied("The API key is disabled.");
            case ACTIVE ->
                    ticker.epochMillis() < key.endMillis()
                            ? key.granted()
                            : denied("The API key has expired.");
        };
    }

    private Authentication denied(String message) {
        return new Authentication.Denied(Failure.of(FailureKind.UNAUTHORIZED, message), challenge);
    }
}
