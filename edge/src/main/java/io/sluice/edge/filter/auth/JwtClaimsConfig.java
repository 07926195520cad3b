package io.sluice.edge.filter.auth;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `auth.jwt` expects of claims and reads from them. Claims may be named by a dotted path.
public record JwtClaimsConfig(
        @Doc("Value the iss claim must have; any when left out.") @Nullable String issuer,
        @Doc("The aud claim must hold one of these; any when empty.") List<String> audience,
        @Doc("How far the clocks of issuer and gateway may differ.") @Default("60")
                Duration clockSkew,
        @Doc(
                        "Claim to the name it has in the JSON of X-Auth-Claims, which services get; it makes no field of its own.")
                Map<String, String> claimsMapping,
        @Doc("Claim with the scopes: a text with spaces between, or a list.") @Default("scope")
                String scopeClaim,
        @Doc("Claim that names the caller.") @Default("sub") String subjectClaim) {

    public JwtClaimsConfig {
        audience = List.copyOf(audience);
        claimsMapping = Map.copyOf(claimsMapping);
    }

    /// Whether what this expects of issuer and audience is what the other one expects, or more.
    boolean keeps(JwtClaimsConfig other) {
        return (other.issuer == null || other.issuer.equals(issuer))
                && (other.audience.isEmpty() || other.audience.equals(audience));
    }
}
