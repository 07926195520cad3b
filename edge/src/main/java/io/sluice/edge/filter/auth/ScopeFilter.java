package io.sluice.edge.filter.auth;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.identity.Principal;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import java.util.List;
import java.util.Set;

/// Lets a request through only with all scopes asked for (RFC 6750 3.1). One without principal is told to
/// bring a credential, unless its path needs none.
final class ScopeFilter implements Filter {
    private final Set<String> required;
    private final SkipPaths skip;
    private final Authentication.Denied anonymous;
    private final Authentication.Denied insufficient;

    ScopeFilter(Set<String> required, SkipPaths skip, String challenge) {
        this.required = Set.copyOf(required);
        this.skip = skip;
        String scopes = String.join(" ", List.copyOf(required));
        this.anonymous =
                new Authentication.Denied(
                        Failure.of(FailureKind.UNAUTHORIZED, "This needs a credential."),
                        challenge);
        this.insufficient =
                new Authentication.Denied(
                        Failure.of(FailureKind.FORBIDDEN, "The credential lacks a scope."),
                        "Bearer error=\"insufficient_scope\", scope=\"" + scopes + '"');
    }

    @Override
    public Phase phase() {
        return Phase.AUTHORISE;
    }

    @Override
    public Step apply(Exchange exchange) {
        Principal principal = exchange.principal();
        if (principal == null) {
            return skip.match(exchange.request().path())
                    ? Step.next()
                    : AuthFilter.refuse(exchange, anonymous);
        }
        return principal.scopes().containsAll(required)
                ? Step.next()
                : AuthFilter.refuse(exchange, insufficient);
    }
}
