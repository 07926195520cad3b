package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JWSObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The issuers of one configuration. Which one a token belongs to is what the token says before anything is verified:
/// that chooses keys and rules, and the rules ask for the same issuer again. Immutable.
final class TrustedIssuers implements AutoCloseable {
    private final List<TrustedIssuer> all;
    private final Map<String, TrustedIssuer> byName;

    /// @param all each with another name where there are several
    TrustedIssuers(List<TrustedIssuer> all) {
        this.all = List.copyOf(all);
        this.byName = new HashMap<>();
        for (TrustedIssuer issuer : all) {
            if (issuer.name() != null) {
                byName.put(issuer.name(), issuer);
            }
        }
    }

    /// Who is to verify this token, or null when it is from nobody we trust. A single issuer verifies everything, so what
    /// is wrong with a token is told in the order of its checks.
    @Nullable TrustedIssuer of(JWSObject token) {
        if (all.size() == 1) {
            return all.getFirst();
        }
        Map<String, Object> members = token.getPayload().toJSONObject();
        return members != null && members.get("iss") instanceof String name
                ? byName.get(name)
                : null;
    }

    @Override
    public void close() {
        all.forEach(issuer -> issuer.keys().close());
    }
}
