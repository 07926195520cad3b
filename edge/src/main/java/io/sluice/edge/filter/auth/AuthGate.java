package io.sluice.edge.filter.auth;

import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;
import io.sluice.edge.filter.Filter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The authenticators of one configuration, and the filters of its rules. Opened when a configuration is
/// compiled, closed when it is no longer in force; not on loops.
public final class AuthGate implements AutoCloseable {
    private static final String OAUTH2 = "oauth2";

    private final AuthConfig config;
    private final List<Authenticator> authenticators;
    private final SkipPaths skip;
    private final Metrics metrics;

    private AuthGate(AuthConfig config, List<Authenticator> authenticators, Metrics metrics) {
        this.config = config;
        this.authenticators = List.copyOf(authenticators);
        this.skip = new SkipPaths(config.skipPaths());
        this.metrics = metrics;
    }

    /// Makes the authenticators `auth.providers` names, or all enabled ones, in that order. May block.
    ///
    /// @throws IllegalArgumentException when a provider is named that no factory knows
    public static AuthGate open(
            AuthConfig config,
            List<AuthenticatorFactory> factories,
            Ticker ticker,
            Metrics metrics) {
        String problem = problem(config, factories);
        if (problem != null) {
            throw new IllegalArgumentException("auth.providers: " + problem);
        }
        List<Authenticator> made = new ArrayList<>();
        for (AuthenticatorFactory factory : chosen(config.providers(), factories)) {
            Authenticator authenticator = factory.create(config, ticker);
            if (authenticator != null) {
                made.add(authenticator);
            }
        }
        return new AuthGate(config, made, metrics);
    }

    /// What keeps `auth.providers` from being used, or null. Opens nothing.
    public static @Nullable String problem(
            AuthConfig config, List<AuthenticatorFactory> factories) {
        for (String provider : config.providers()) {
            if (find(provider, factories) == null && !absent(provider, factories)) {
                List<String> ids = factories.stream().map(AuthenticatorFactory::id).toList();
                return "'" + provider + "', expected one of " + String.join(", ", ids);
            }
        }
        return config.required() && chosen(config.providers(), factories).isEmpty()
                ? "none of them is there, and auth.required is true: nobody could come in"
                : null;
    }

    /// Whether this provider is known from other gateways, and no factory brings it: nobody comes in by it.
    public static boolean absent(String provider, List<AuthenticatorFactory> factories) {
        return provider.equalsIgnoreCase(OAUTH2) && find(provider, factories) == null;
    }

    /// What keeps this rule from being served as it asks, or null. A rule that needs a credential nobody can
    /// check would refuse every request. Opens nothing.
    public static @Nullable String problem(
            AuthConfig config, List<AuthenticatorFactory> factories, AuthRuleConfig rule) {
        List<String> enabled =
                chosen(config.providers(), factories).stream()
                        .filter(factory -> factory.enabled(config))
                        .map(AuthenticatorFactory::id)
                        .toList();
        return unmet(config, enabled, rule);
    }

    private static @Nullable String unmet(
            AuthConfig config, List<String> enabled, AuthRuleConfig rule) {
        String type = rule.authType();
        if (type != null && !type.isBlank() && !enabled.contains(normal(type))) {
            return "authType '" + type + "' is not among the enabled authenticators";
        }
        return need(config, rule) == AuthFilter.Need.REQUIRED && enabled.isEmpty()
                ? "authRequired is true, but neither auth.jwt, auth.apikey nor auth.mtls is enabled"
                : null;
    }

    private static List<AuthenticatorFactory> chosen(
            List<String> providers, List<AuthenticatorFactory> factories) {
        if (providers.isEmpty()) {
            return factories;
        }
        List<AuthenticatorFactory> chosen = new ArrayList<>();
        for (String provider : providers) {
            AuthenticatorFactory known = find(provider, factories);
            if (known != null && !chosen.contains(known)) {
                chosen.add(known);
            }
        }
        return chosen;
    }

    private static @Nullable AuthenticatorFactory find(
            String provider, List<AuthenticatorFactory> factories) {
        String id = normal(provider);
        for (AuthenticatorFactory factory : factories) {
            if (factory.id().equals(id)) {
                return factory;
            }
        }
        return null;
    }

    /// The spellings in use for the two built-in kinds.
    private static String normal(String provider) {
        return switch (provider.toLowerCase(Locale.ROOT)) {
            case "api_key", "api-key", "apikey" -> ApiKeyAuthenticator.ID;
            case "jwt", "bearer" -> JwtAuthenticator.ID;
            default -> provider;
        };
    }

    /// What keeps this rule from being served as it asks, or null. A rule that needs a credential nobody can
    /// check refuses every request.
    public @Nullable String problem(AuthRuleConfig rule) {
        return unmet(config, authenticators.stream().map(Authenticator::id).toList(), rule);
    }

    /// The filters of one rule, in order; empty when it needs none.
    public List<Filter> filters(AuthRuleConfig rule) {
        List<Filter> filters = new ArrayList<>(2);
        List<Authenticator> accepting = accepting(rule);
        AuthFilter.Need need = need(config, rule);
        if (need == AuthFilter.Need.REQUIRED || !accepting.isEmpty()) {
            List<String> ids = accepting.stream().map(Authenticator::id).toList();
            filters.add(new AuthFilter(accepting, need, skip, new AuthCounts(metrics, ids)));
        }
        Set<String> scopes = new LinkedHashSet<>(config.requiredScopes());
        scopes.addAll(rule.requiredScopes());
        if (!scopes.isEmpty()) {
            String challenge = accepting.isEmpty() ? "Bearer" : accepting.getFirst().challenge();
            filters.add(new ScopeFilter(scopes, skip, challenge));
        }
        return filters;
    }

    private static AuthFilter.Need need(AuthConfig config, AuthRuleConfig rule) {
        Boolean own = rule.authRequired();
        return (own != null ? own : config.required())
                ? AuthFilter.Need.REQUIRED
                : AuthFilter.Need.OPTIONAL;
    }

    private List<Authenticator> accepting(AuthRuleConfig rule) {
        String type = rule.authType();
        if (type == null || type.isBlank()) {
            return authenticators;
        }
        String id = normal(type);
        return authenticators.stream().filter(one -> one.id().equals(id)).toList();
    }

    @Override
    public void close() {
        authenticators.forEach(Authenticator::close);
    }
}
