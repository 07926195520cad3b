package io.sluice.edge.filter.auth;

import io.sluice.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/// Makes the authenticator of one kind; the seam for further ones. Outside jars bring theirs by
/// [java.util.ServiceLoader]. One factory lives as long as the gateway and makes an authenticator for each
/// configuration, the next one before the last is closed.
public interface AuthenticatorFactory {

    /// As in `auth.providers`.
    String id();

    /// Whether the configuration enables it. Cheap; opens and fetches nothing.
    boolean enabled(AuthConfig config);

    /// Called once per configuration, off the loops; may block.
    ///
    /// @return null when the configuration does not enable it
    @Nullable Authenticator create(AuthConfig config, Ticker ticker);
}
