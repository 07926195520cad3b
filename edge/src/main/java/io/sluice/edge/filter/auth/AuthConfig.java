package io.sluice.edge.filter.auth;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// `auth`: who may come in.
public record AuthConfig(
        @Doc("Refuse requests without a valid credential, unless a rule says otherwise.")
                @Default("false")
                boolean required,
        @Doc(
                        "Authenticators in the order they are asked: jwt, apikey, mtls; all enabled ones when empty.")
                List<String> providers,
        @Doc(
                        "Paths that need no credential: a path and everything below it, or with a / at the end only what is below.")
                List<String> skipPaths,
        @Doc("Scopes every authenticated request must have.") List<String> requiredScopes,
        @Doc("Bearer tokens (JWT).") JwtConfig jwt,
        @Doc("API keys.") ApiKeyConfig apikey,
        @Doc("Client certificates.") CertificateConfig mtls)
        implements Checked {

    public AuthConfig {
        providers = List.copyOf(providers);
        skipPaths = List.copyOf(skipPaths);
        requiredScopes = List.copyOf(requiredScopes);
    }

    /// The same where a listener asks for client certificates: one then says who asks. Where other credentials are
    /// configured it does so only when the section says so, because it must not take the place of a token by itself.
    public AuthConfig whereCertificatesAreShown() {
        boolean alone =
                mtls.enabled() == null
                        && !jwt.enabled()
                        && !apikey.enabled()
                        && providers.isEmpty();
        return alone
                ? new AuthConfig(
                        required,
                        providers,
                        skipPaths,
                        requiredScopes,
                        jwt,
                        apikey,
                        new CertificateConfig(true, mtls.subject()))
                : this;
    }

    /// Query parameters that carry credentials.
    public List<String> secretParameters() {
        return Stream.of(jwt.places().tokenQuery(), apikey.places().queryParam())
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        for (String path : skipPaths) {
            String wrong = SkipPaths.problem(path);
            if (wrong != null) {
                problem.accept("skipPaths", "'" + path + "', expected " + wrong);
            }
        }
        Scopes.check(requiredScopes, problem);
        if (required
                && !jwt.enabled()
                && !apikey.enabled()
                && !Boolean.TRUE.equals(mtls.enabled())
                && providers.stream().allMatch(AuthConfig::builtIn)) {
            problem.accept(
                    "required",
                    "is true, but neither jwt, apikey nor mtls is enabled: nobody could come in");
        }
    }

    private static boolean builtIn(String provider) {
        return provider.equals(JwtAuthenticator.ID)
                || provider.equals(ApiKeyAuthenticator.ID)
                || provider.equals(CertificateAuthenticator.ID);
    }
}
