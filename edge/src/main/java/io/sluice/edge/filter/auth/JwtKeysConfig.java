package io.sluice.edge.filter.auth;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.net.URI;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The keys of `auth.jwt`. A key fixes which algorithms it may verify, whatever a token claims.
public record JwtKeysConfig(
        @Doc(
                        "The only algorithm accepted; when left out RS256 for an RSA key, HS256 for a secret, what fits for other keys, and what each key allows for jwksEndpoint.")
                @Nullable SigningMethod signingMethod,
        @Doc("Public key or certificate as PEM text.") @Nullable String publicKey,
        @Doc("File with the public key or certificate as PEM.") @Nullable String publicKeyFile,
        @Doc("Shared secret for HS256 (32 bytes or more), HS384 (48) and HS512 (64).")
                @Nullable String secret,
        @Doc("Address of a JSON Web Key Set.") @Nullable String jwksEndpoint,
        @Doc("How long fetched keys are used before they are fetched again.") @Default("3600")
                Duration jwksCacheDuration) {

    /// Whether there is nothing to verify a token with.
    boolean missing() {
        return publicKey == null && publicKeyFile == null && secret == null && jwksEndpoint == null;
    }

    /// Called by the record around this one, only when tokens are accepted at all.
    void check(BiConsumer<String, String> problem) {
        if (missing()) {
            problem.accept(
                    "enabled",
                    "is true, but there is no publicKey, publicKeyFile, secret or jwksEndpoint");
        }
        if (publicKey != null) {
            check(problem, "publicKey", () -> PublicKeys.fromPem(publicKey, signingMethod));
        }
        if (publicKeyFile != null) {
            check(
                    problem,
                    "publicKeyFile",
                    () -> PublicKeys.fromFile(publicKeyFile, signingMethod));
        }
        if (secret != null) {
            check(problem, "secret", () -> SecretKeys.of(secret, signingMethod));
        }
        if (jwksEndpoint != null) {
            check(problem, "jwksEndpoint", () -> endpoint(jwksEndpoint));
            if (signingMethod != null && signingMethod.symmetric()) {
                problem.accept(
                        "signingMethod",
                        signingMethod + " needs a secret, which a jwksEndpoint never gives");
            }
        }
        if (jwksCacheDuration.compareTo(Duration.ofSeconds(1)) < 0) {
            problem.accept(
                    "jwksCacheDuration", "is " + jwksCacheDuration + ", expected at least 1s");
        }
    }

    /// @throws IllegalArgumentException when the text is no absolute address over HTTP
    static URI endpoint(String text) {
        URI uri = URI.create(text);
        boolean http =
                "http".equalsIgnoreCase(uri.getScheme())
                        || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + text + "', expected http://… or https://…");
        }
        return uri;
    }

    private static void check(BiConsumer<String, String> problem, String key, Runnable attempt) {
        try {
            attempt.run();
        } catch (IllegalArgumentException wrong) {
            problem.accept(key, String.valueOf(wrong.getMessage()));
        }
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "JwtKeysConfig[signingMethod="
                + signingMethod
                + ", jwksEndpoint="
                + jwksEndpoint
                + ']';
    }
}
