package io.sluice.edge.filter.auth;

import io.sluice.core.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `jwt`: signed tokens. Keys that were fetched live on in the next authenticator of this factory if its keys are
/// configured the same way.
public final class JwtAuthenticatorFactory implements AuthenticatorFactory {
    private final SharedSources sources = new SharedSources();

    @Override
    public String id() {
        return JwtAuthenticator.ID;
    }

    @Override
    public boolean enabled(AuthConfig config) {
        return config.jwt().enabled();
    }

    @Override
    public @Nullable Authenticator create(AuthConfig config, Ticker ticker) {
        JwtConfig jwt = config.jwt();
        if (!jwt.enabled()) {
            return null;
        }
        return new JwtAuthenticator(
                new TokenPlaces(jwt.places()), issuers(jwt.issuers(), ticker), ticker);
    }

    private TrustedIssuers issuers(List<JwtIssuer> configured, Ticker ticker) {
        List<TrustedIssuer> made = new ArrayList<>();
        try {
            for (JwtIssuer one : configured) {
                ClaimRules rules = new ClaimRules(one.claims(), one.provider());
                made.add(
                        new TrustedIssuer(
                                one.claims().issuer(),
                                new TokenVerifier(rules),
                                source(one.keys(), ticker)));
            }
        } catch (RuntimeException unreadable) {
            made.forEach(issuer -> issuer.keys().close());
            throw unreadable;
        }
        return new TrustedIssuers(made);
    }

    private KeySource source(JwtKeysConfig config, Ticker ticker) {
        String file = config.publicKeyFile();
        String pem = file == null ? null : PublicKeys.read(file);
        return sources.use(
                new SharedSources.Settings(config, pem), () -> opened(config, pem, ticker));
    }

    private static KeySource opened(JwtKeysConfig config, @Nullable String pem, Ticker ticker) {
        List<VerificationKey> keys = new ArrayList<>();
        SigningMethod method = config.signingMethod();
        if (config.publicKey() != null) {
            keys.add(PublicKeys.fromPem(config.publicKey(), method));
        }
        if (pem != null) {
            keys.add(PublicKeys.fromPem(pem, method));
        }
        if (config.secret() != null) {
            keys.add(SecretKeys.of(config.secret(), method));
        }
        if (config.jwksEndpoint() == null) {
            return KeySource.fixed(KeyRing.fixed(keys));
        }
        return new JwksSource(
                new JwksFetch(JwtKeysConfig.endpoint(config.jwksEndpoint())),
                keys,
                method,
                config.jwksCacheDuration(),
                ticker);
    }
}
