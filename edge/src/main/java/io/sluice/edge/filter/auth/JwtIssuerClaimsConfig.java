package io.sluice.edge.filter.auth;

import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one entry of `auth.jwt.providers` expects of claims and reads from them.
public record JwtIssuerClaimsConfig(
        @Doc("As in auth.jwt; needed where there are several, since it tells whose a token is.")
                @Nullable String issuer,
        @Doc("As in auth.jwt.") List<String> audience,
        @Doc("As in auth.jwt.") @Nullable Duration clockSkew,
        @Doc("As in auth.jwt.") Map<String, String> claimsMapping,
        @Doc("As in auth.jwt.") @Nullable String scopeClaim,
        @Doc("As in auth.jwt.") @Nullable String subjectClaim) {

    public JwtIssuerClaimsConfig {
        audience = List.copyOf(audience);
        claimsMapping = Map.copyOf(claimsMapping);
    }

    /// @param around supplies what this does not say
    JwtClaimsConfig over(JwtClaimsConfig around) {
        return new JwtClaimsConfig(
                issuer == null ? around.issuer() : issuer,
                audience.isEmpty() ? around.audience() : audience,
                clockSkew == null ? around.clockSkew() : clockSkew,
                claimsMapping.isEmpty() ? around.claimsMapping() : claimsMapping,
                scopeClaim == null ? around.scopeClaim() : scopeClaim,
                subjectClaim == null ? around.subjectClaim() : subjectClaim);
    }
}
