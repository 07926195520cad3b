package io.sluice.edge.filter.auth;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Doc;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The part of a rule in `router.rules` that decides who may use it.
public record AuthRuleConfig(
        @Doc("Whether this rule needs a credential; as auth.required says when left out.")
                @Nullable Boolean authRequired,
        @Doc(
                        "The only authenticator this rule accepts: jwt, apikey or mtls; any of auth.providers when left out.")
                @Nullable String authType,
        @Doc("Scopes this rule needs besides auth.requiredScopes.") List<String> requiredScopes,
        @Doc("The three keys before as a map: required, type and scopes.") AuthBlock auth)
        implements Checked {

    /// A rule that says nothing of its own.
    public static final AuthRuleConfig AS_CONFIGURED = new AuthRuleConfig(null, null, List.of());

    /// What stands in the block counts as if it stood beside it.
    public AuthRuleConfig {
        authRequired = authRequired == null ? auth.required() : authRequired;
        authType = authType == null ? auth.type() : authType;
        requiredScopes =
                Stream.concat(requiredScopes.stream(), auth.scopes().stream()).distinct().toList();
    }

    public AuthRuleConfig(
            @Nullable Boolean authRequired, @Nullable String authType, List<String> scopes) {
        this(authRequired, authType, scopes, AuthBlock.NONE);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        Scopes.check(requiredScopes, problem);
        differ("authRequired", authRequired, "auth.required", auth.required(), problem);
        differ("authType", authType, "auth.type", auth.type(), problem);
    }

    private static void differ(
            String key,
            @Nullable Object value,
            String other,
            @Nullable Object inBlock,
            BiConsumer<String, String> problem) {
        if (inBlock != null && !inBlock.equals(value)) {
            problem.accept(other, "is " + inBlock + ", but " + key + " is " + value);
        }
    }
}
