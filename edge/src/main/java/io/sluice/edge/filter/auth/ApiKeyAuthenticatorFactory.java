package io.sluice.edge.filter.auth;

import io.sluice.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/// `apikey`: keys of the configuration and of the file it names.
public final class ApiKeyAuthenticatorFactory implements AuthenticatorFactory {

    @Override
    public String id() {
        return ApiKeyAuthenticator.ID;
    }

    @Override
    public boolean enabled(AuthConfig config) {
        return config.apikey().enabled();
    }

    @Override
    public @Nullable Authenticator create(AuthConfig config, Ticker ticker) {
        ApiKeyConfig keys = config.apikey();
        return keys.enabled()
                ? new ApiKeyAuthenticator(ApiKeyTable.of(keys.all(), keys), keys.places(), ticker)
                : null;
    }
}
