package io.sluice.edge.filter.auth;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The keys of one entry of `auth.jwt.providers`. They verify tokens of that issuer and of no other.
public record JwtIssuerKeysConfig(
        @Doc("As in auth.jwt.") @Alias("algorithm") @Nullable SigningMethod signingMethod,
        @Doc("As in auth.jwt.") @Nullable String publicKey,
        @Doc("As in auth.jwt.") @Nullable String publicKeyFile,
        @Doc("As in auth.jwt.") @Nullable String secret,
        @Doc("As in auth.jwt.") @Nullable String jwksEndpoint,
        @Doc("As in auth.jwt.") @Nullable Duration jwksCacheDuration) {

    /// @param around supplies how keys are used, and never a key
    JwtKeysConfig over(JwtKeysConfig around) {
        return new JwtKeysConfig(
                signingMethod == null ? around.signingMethod() : signingMethod,
                publicKey,
                publicKeyFile,
                secret,
                jwksEndpoint,
                jwksCacheDuration == null ? around.jwksCacheDuration() : jwksCacheDuration);
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "JwtIssuerKeysConfig[signingMethod="
                + signingMethod
                + ", jwksEndpoint="
                + jwksEndpoint
                + ']';
    }
}
