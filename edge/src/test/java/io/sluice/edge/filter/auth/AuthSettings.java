package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.config.Loaded;
import io.sluice.core.time.Ticker;
import java.util.List;
import java.util.Objects;

/// Reads configurations for tests from YAML, as users write them.
final class AuthSettings {
    static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    record Root(AuthConfig auth) {}

    private AuthSettings() {}

    static Loaded<Root> load(String yaml) {
        String indented = yaml.indent(2);
        return ConfigLoader.of("gateway", Root.class)
                .load(ConfigInput.text("gateway:\n" + indented));
    }

    /// @param yaml starts with `auth:`
    static AuthConfig of(String yaml) {
        Loaded<Root> loaded = load(yaml);
        assertThat(loaded.complaints()).isEmpty();
        return Objects.requireNonNull(loaded.value()).auth();
    }

    /// What the loader says, without the places.
    static List<String> complaints(String yaml) {
        return load(yaml).complaints().stream()
                .map(complaint -> complaint.path() + ": " + complaint.message())
                .toList();
    }

    /// The authenticator of `auth.jwt`, which is enabled.
    static JwtAuthenticator jwt(AuthConfig config, Ticker ticker) {
        Authenticator made = new JwtAuthenticatorFactory().create(config, ticker);
        return (JwtAuthenticator) Objects.requireNonNull(made);
    }
}
