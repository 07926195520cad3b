package io.sluice.edge.filter.auth;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import java.util.function.BiConsumer;

/// `auth.jwt`: signed tokens (RFC 7519).
@Unsupported(keys = "providers", why = "there is one issuer; use issuer, audience and jwksEndpoint")
public record JwtConfig(
        @Doc("Accept signed tokens.") @Default("false") boolean enabled,
        @Doc("Keys that verify tokens.") @Inline JwtKeysConfig keys,
        @Doc("What a token must say.") @Inline JwtClaimsConfig claims,
        @Doc("Where a request carries its token.") @Inline JwtPlacesConfig places)
        implements Checked {

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (enabled) {
            keys.check(problem);
            places.check(problem);
        }
    }
}
