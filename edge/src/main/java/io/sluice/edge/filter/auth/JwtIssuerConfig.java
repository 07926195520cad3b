package io.sluice.edge.filter.auth;

import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import org.jspecify.annotations.Nullable;

/// One entry of `auth.jwt.providers`: an issuer with keys and rules of its own. What it leaves out is as beside the list.
@Unsupported(
        keys = {"validateExp", "validateNbf"},
        why = "exp and nbf are always looked at")
@Unsupported(keys = "customClaims", why = "use claimsMapping")
public record JwtIssuerConfig(
        @Doc(
                        "What X-Auth-Provider says of callers from this issuer where there are several; the issuer itself when left out.")
                @Nullable String name,
        @Inline JwtIssuerKeysConfig keys,
        @Inline JwtIssuerClaimsConfig claims) {

    /// The same with what is said beside the list.
    JwtIssuer within(JwtConfig around) {
        JwtClaimsConfig all = claims.over(around.claims());
        String issuer = all.issuer();
        String provider = name != null ? name : issuer != null ? issuer : JwtAuthenticator.ID;
        return new JwtIssuer(provider, keys.over(around.keys()), all);
    }
}
