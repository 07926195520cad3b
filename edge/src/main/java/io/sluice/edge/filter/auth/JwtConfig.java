package io.sluice.edge.filter.auth;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// `auth.jwt`: signed tokens (RFC 7519).
public record JwtConfig(
        @Doc("Accept signed tokens.") @Default("false") boolean enabled,
        @Doc("Keys that verify tokens.") @Inline JwtKeysConfig keys,
        @Doc("What a token must say.") @Inline JwtClaimsConfig claims,
        @Doc("Where a request carries its token.") @Inline JwtPlacesConfig places,
        @Doc(
                        "Issuers, each with its issuer, audience and keys. A token is verified by the one its iss claim names. Keys beside the list are one more issuer.")
                List<JwtIssuerConfig> providers)
        implements Checked {

    public JwtConfig {
        providers = List.copyOf(providers);
        if (providers.size() == 1 && keys.missing()) {
            JwtIssuerConfig only = providers.getFirst();
            JwtClaimsConfig both = only.claims().over(claims);
            if (both.keeps(claims)) {
                keys = only.keys().over(keys);
                claims = both;
            }
        }
    }

    /// Whose tokens are taken. Where there is more than one, each has an `iss` of its own.
    List<JwtIssuer> issuers() {
        JwtIssuer own = new JwtIssuer(JwtAuthenticator.ID, keys, claims);
        if (isOne()) {
            return List.of(own);
        }
        List<JwtIssuer> all = new ArrayList<>();
        if (!keys.missing()) {
            all.add(own);
        }
        providers.forEach(provider -> all.add(provider.within(this)));
        return all;
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!enabled) {
            return;
        }
        if (isOne()) {
            keys.check(problem);
        } else {
            new JwtIssuerChecks(this, problem).run();
        }
        places.check(problem);
    }

    /// Whether the list is empty, or says nothing else than the keys beside it.
    private boolean isOne() {
        if (providers.size() != 1) {
            return providers.isEmpty();
        }
        JwtIssuer only = providers.getFirst().within(this);
        return keys.equals(only.keys()) && claims.equals(only.claims());
    }
}
