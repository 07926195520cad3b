package io.sluice.edge.filter.auth;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.net.http.Tokens;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Where `auth.apikey` looks for a key: header, then `Authorization` with the scheme, then query. It is never
/// passed on.
public record ApiKeyPlacesConfig(
        @Doc("Header that carries the key.") @Alias("header") @Default("X-API-Key")
                String headerName,
        @Doc("Query parameter that carries the key.") @Alias("query") @Nullable String queryParam,
        @Doc("Scheme of an Authorization header that carries the key.") @Nullable String scheme) {

    void check(BiConsumer<String, String> problem) {
        if (!Tokens.isToken(headerName)) {
            problem.accept("headerName", "'" + headerName + "', expected the name of a header");
        }
        if (scheme != null && !Tokens.isToken(scheme)) {
            problem.accept("scheme", "'" + scheme + "', expected one word");
        }
    }
}
