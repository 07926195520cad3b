package io.sluice.edge.filter.auth;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/// What must hold of `auth.jwt.providers` so that every token has one issuer that verifies it, and no demand goes lost.
final class JwtIssuerChecks {
    private static final Set<String> OTHER_KINDS =
            Set.of(JwtAuthenticator.ID, ApiKeyAuthenticator.ID, CertificateAuthenticator.ID);

    private final JwtConfig jwt;
    private final BiConsumer<String, String> problem;
    private final Set<String> issuers = new HashSet<>();
    private final Set<String> names = new HashSet<>(OTHER_KINDS);

    JwtIssuerChecks(JwtConfig jwt, BiConsumer<String, String> problem) {
        this.jwt = jwt;
        this.problem = problem;
    }

    void run() {
        if (!jwt.keys().missing()) {
            beside();
        }
        for (int i = 0; i < jwt.providers().size(); i++) {
            listed("providers[" + i + "]", jwt.providers().get(i));
        }
    }

    private void beside() {
        jwt.keys().check(problem);
        String issuer = jwt.claims().issuer();
        if (issuer == null) {
            problem.accept(
                    "issuer",
                    "is missing; with providers beside, it tells which tokens the keys here verify");
        } else {
            issuers.add(issuer);
        }
    }

    private void listed(String at, JwtIssuerConfig config) {
        JwtIssuer issuer = config.within(jwt);
        if (jwt.keys().missing() && !issuer.claims().keeps(jwt.claims())) {
            problem.accept(
                    at,
                    "has another issuer or audience than auth.jwt around it, expected one of them");
        }
        named(at, config, issuer);
        if (issuer.keys().missing()) {
            problem.accept(at, "has no publicKey, publicKeyFile, secret or jwksEndpoint");
        } else {
            issuer.keys().check((key, why) -> problem.accept(at + '.' + key, why));
        }
    }

    private void named(String at, JwtIssuerConfig config, JwtIssuer issuer) {
        String name = issuer.claims().issuer();
        if (name == null || (config.claims().issuer() == null && issuers.contains(name))) {
            problem.accept(
                    at + ".issuer",
                    "is missing; with several issuers, it tells whose tokens these are");
            return;
        }
        if (!issuers.add(name)) {
            problem.accept(at + ".issuer", "'" + name + "' is there before, expected it once");
        }
        String provider = issuer.provider();
        if (!provider.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            problem.accept(
                    at + ".name", "'" + provider + "', expected letters and digits without spaces");
        } else if (!names.add(provider)) {
            problem.accept(at + ".name", "'" + provider + "' is taken, expected another one");
        }
    }
}
