package io.sluice.edge.filter.auth;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.net.http.Tokens;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Where `auth.jwt` looks for a token: header, then cookie, then query.
public record JwtPlacesConfig(
        @Doc("Header that carries the token.") @Alias("tokenHeader") @Default("Authorization")
                String headerName,
        @Doc("Scheme in front of the token in that header.") @Default("Bearer") String bearerPrefix,
        @Doc("Cookie that carries the token.") @Alias("tokenCookie") @Nullable String cookieName,
        @Doc("Query parameter that carries the token; never passed on.")
                @Nullable String tokenQuery,
        @Doc("Pass the header with the token on to the service.") @Default("true")
                boolean forwardToken) {

    void check(BiConsumer<String, String> problem) {
        if (!Tokens.isToken(headerName)) {
            problem.accept("headerName", "'" + headerName + "', expected the name of a header");
        }
        if (!bearerPrefix.isBlank() && !Tokens.isToken(bearerPrefix.strip())) {
            problem.accept("bearerPrefix", "'" + bearerPrefix + "', expected one word");
        }
    }
}
