package io.sluice.edge.filter.auth;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import java.util.List;
import java.util.function.BiConsumer;

/// `auth.jwt`: signed tokens (RFC 7519).
public record JwtConfig(
        @Doc("Accept signed tokens.") @Default("false") boolean enabled,
        @Doc("Keys that verify tokens.") @Inline JwtKeysConfig keys,
        @Doc("What a token must say.") @Inline JwtClaimsConfig claims,
        @Doc("Where a request carries its token.") @Inline JwtPlacesConfig places,
        @Doc(
                        "One issuer with its issuer, audience and jwksEndpoint, instead of these keys beside it; there is only one.")
                List<JwtIssuerConfig> providers)
        implements Checked {

    public JwtConfig {
        providers = List.copyOf(providers);
        if (providers.size() == 1 && keys.missing()) {
            JwtIssuerConfig only = providers.getFirst();
            JwtClaimsConfig both = only.claims(claims);
            if (both.keeps(claims)) {
                keys = only.keys(keys);
                claims = both;
            }
        }
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (enabled && providers.size() > 1) {
            problem.accept(
                    "providers", "are " + providers.size() + " issuers, expected one at most");
        } else if (enabled && providers.size() == 1 && !agrees(providers.getFirst())) {
            problem.accept(
                    "providers",
                    "holds an issuer, and auth.jwt has keys, another issuer or audience too,"
                            + " expected one of them");
        } else if (enabled) {
            keys.check(problem);
            places.check(problem);
        }
    }

    /// Whether the keys beside it say nothing else.
    private boolean agrees(JwtIssuerConfig issuer) {
        return keys.equals(issuer.keys(keys)) && claims.equals(issuer.claims(claims));
    }
}
