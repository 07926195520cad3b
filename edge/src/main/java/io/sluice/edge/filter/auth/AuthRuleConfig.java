package io.sluice.edge.filter.auth;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Doc;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The part of a rule in `router.rules` that decides who may use it.
public record AuthRuleConfig(
        @Doc("Whether this rule needs a credential; as auth.required says when left out.")
                @Nullable Boolean authRequired,
        @Doc(
                        "The only authenticator this rule accepts: jwt, apikey or mtls; any of auth.providers when left out.")
                @Nullable String authType,
        @Doc("Scopes this rule needs besides auth.requiredScopes.") List<String> requiredScopes)
        implements Checked {

    /// A rule that says nothing of its own.
    public static final AuthRuleConfig AS_CONFIGURED = new AuthRuleConfig(null, null, List.of());

    public AuthRuleConfig {
        requiredScopes = List.copyOf(requiredScopes);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        Scopes.check(requiredScopes, problem);
    }
}
