package io.sluice.edge.filter.auth;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Unsupported;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one entry of `auth.jwt.providers`: keys of `auth.jwt` in a map of their own, which older files use.
@Unsupported(
        keys = {"validateExp", "validateNbf"},
        why = "exp and nbf are always looked at")
@Unsupported(keys = "customClaims", why = "use claimsMapping of auth.jwt")
public record JwtIssuerConfig(
        @Doc("Free text.") @Nullable String name,
        @Doc("As in auth.jwt.") @Nullable String issuer,
        @Doc("As in auth.jwt.") List<String> audience,
        @Doc("As in auth.jwt.") @Nullable String jwksEndpoint,
        @Doc("As in auth.jwt.") @Alias("algorithm") @Nullable SigningMethod signingMethod,
        @Doc("As in auth.jwt.") @Nullable Duration clockSkew,
        @Doc("As in auth.jwt.") @Nullable String subjectClaim,
        @Doc("As in auth.jwt.") @Nullable String scopeClaim) {

    public JwtIssuerConfig {
        audience = List.copyOf(audience);
    }

    /// @param around supplies what an issuer does not say
    JwtKeysConfig keys(JwtKeysConfig around) {
        return new JwtKeysConfig(
                signingMethod == null ? around.signingMethod() : signingMethod,
                null,
                null,
                null,
                jwksEndpoint,
                around.jwksCacheDuration());
    }

    /// @param around supplies what an issuer does not say
    JwtClaimsConfig claims(JwtClaimsConfig around) {
        return new JwtClaimsConfig(
                issuer == null ? around.issuer() : issuer,
                audience.isEmpty() ? around.audience() : audience,
                clockSkew == null ? around.clockSkew() : clockSkew,
                Map.copyOf(around.claimsMapping()),
                scopeClaim == null ? around.scopeClaim() : scopeClaim,
                subjectClaim == null ? around.subjectClaim() : subjectClaim);
    }
}
