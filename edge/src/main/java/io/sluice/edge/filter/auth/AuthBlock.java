package io.sluice.edge.filter.auth;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Doc;
import io.sluice.core.config.FromScalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `auth` of a rule: the keys of [AuthRuleConfig] as a map of their own, which older files use.
public record AuthBlock(
        @Doc("The same as authRequired.") @Alias("enabled") @Nullable Boolean required,
        @Doc("The same as authType.") @Nullable String type,
        @Doc("The same as requiredScopes.") @Alias("requiredScopes") List<String> scopes) {

    static final AuthBlock NONE = new AuthBlock(null, null, List.of());

    public AuthBlock {
        scopes = List.copyOf(scopes);
    }

    /// `auth: true`.
    @FromScalar
    public static AuthBlock of(boolean required) {
        return new AuthBlock(required, null, List.of());
    }
}
