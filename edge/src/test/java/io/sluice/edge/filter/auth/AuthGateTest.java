package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.Ticker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuthGateTest {
    private static final List<AuthenticatorFactory> OURS =
            List.of(new JwtAuthenticatorFactory(), new ApiKeyAuthenticatorFactory());

    /// What an extension brings.
    private record Brought(String id) implements AuthenticatorFactory {
        @Override
        public boolean enabled(AuthConfig config) {
            return true;
        }

        @Override
        public @Nullable Authenticator create(AuthConfig config, Ticker ticker) {
            return null;
        }
    }

    private static @Nullable String problem(String yaml, List<AuthenticatorFactory> factories) {
        return AuthGate.problem(AuthSettings.of("auth: {" + yaml + "}"), factories);
    }

    @Test
    void nobodyComesInByAProviderThatIsNotHere() {
        String alone = "required: true, providers: [oauth2]";
        assertThat(problem(alone, OURS)).contains("nobody could come in");
        assertThat(problem("providers: [oauth2]", OURS)).isNull();
        assertThat(AuthGate.absent("OAuth2", OURS)).isTrue();
        assertThat(AuthGate.absent("jwt", OURS)).isFalse();
    }

    @Test
    void aProviderOfAnExtensionIsHereWhateverItIsCalled() {
        List<AuthenticatorFactory> brought = List.of(OURS.getFirst(), new Brought("oauth2"));
        assertThat(problem("required: true, providers: [oauth2]", brought)).isNull();
        assertThat(AuthGate.absent("oauth2", brought)).isFalse();
        AuthConfig config = AuthSettings.of("auth: {providers: [oauth2]}");
        AuthRuleConfig closed = new AuthRuleConfig(true, "oauth2", List.of());
        assertThat(AuthGate.problem(config, brought, closed)).isNull();
        assertThat(AuthGate.problem(config, OURS, closed)).contains("authType 'oauth2'");
    }

    @Test
    void aProviderThatNobodyKnowsIsAMistake() {
        assertThat(problem("providers: [ldap]", OURS)).contains("expected one of jwt, apikey");
    }
}
