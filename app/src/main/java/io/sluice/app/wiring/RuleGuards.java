package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Verbatim;
import io.sluice.edge.filter.auth.AuthRuleConfig;
import io.sluice.edge.filter.limit.BodyLimitRule;
import io.sluice.edge.filter.limit.RateLimitRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of a rule that say what a request must pass before it is forwarded.
public record RuleGuards(
        @Inline BodyLimitRule bodies,
        @Inline RateLimitRule limits,
        @Inline AuthRuleConfig auth,
        @Doc("Filters of extensions by id, each with its own keys and values.")
                Map<String, Map<String, String>> filters,
        @Doc(
                        "Not acted upon: the order of filters is fixed. OAuth2 and RBAC in it are a mistake unless serveWithout names them.")
                @Verbatim
                @Nullable Object middleware) {

    public RuleGuards {
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
    }
}
