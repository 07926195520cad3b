package io.sluice.core.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is asking, as one authenticator established it.
///
/// @param subject stable id of the caller, never empty
/// @param type `user`, `service` or `device`
/// @param provider id of the authenticator, as in the configuration (`jwt`, `apikey`)
/// @param scopes granted scopes
/// @param claims further facts, by the names the configuration mapped them to
/// @param expiresAt when the credential ends; null when it does not
public record Principal(
        String subject,
        String type,
        String provider,
        Set<String> scopes,
        Map<String, String> claims,
        @Nullable Instant expiresAt) {

    public Principal {
        scopes = Set.copyOf(scopes);
        claims = Map.copyOf(claims);
    }
}
