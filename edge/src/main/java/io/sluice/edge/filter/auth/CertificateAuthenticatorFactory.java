package io.sluice.edge.filter.auth;

import io.sluice.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/// `mtls`: certificates that listeners have verified.
public final class CertificateAuthenticatorFactory implements AuthenticatorFactory {

    @Override
    public String id() {
        return CertificateAuthenticator.ID;
    }

    @Override
    public boolean enabled(AuthConfig config) {
        return Boolean.TRUE.equals(config.mtls().enabled());
    }

    @Override
    public @Nullable Authenticator create(AuthConfig config, Ticker ticker) {
        return enabled(config)
                ? new CertificateAuthenticator(config.mtls().subject(), ticker)
                : null;
    }
}
