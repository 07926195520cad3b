package io.sluice.app.wiring;

import io.sluice.edge.filter.FilterFactory;
import io.sluice.edge.filter.auth.ApiKeyAuthenticatorFactory;
import io.sluice.edge.filter.auth.AuthenticatorFactory;
import io.sluice.edge.filter.auth.CertificateAuthenticatorFactory;
import io.sluice.edge.filter.auth.JwtAuthenticatorFactory;
import io.sluice.proxy.upstream.discovery.DiscoveryFactory;
import io.sluice.realtime.dialect.DialectFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// What can be named in a configuration: ours, listed by hand, then what other jars on the class path bring.
final class Builtins {
    private Builtins() {}

    /// In the order they are asked when `auth.providers` names none.
    static List<AuthenticatorFactory> authenticators() {
        return with(
                AuthenticatorFactory.class,
                List.of(
                        new JwtAuthenticatorFactory(),
                        new ApiKeyAuthenticatorFactory(),
                        new CertificateAuthenticatorFactory()));
    }

    /// What `filters` of a rule can name. The filters every gateway has are keys of their own, so there is none of ours.
    static List<FilterFactory> filters() {
        return with(FilterFactory.class, List.of());
    }

    /// What `registry.discovery` can name; `registry.static` is no source that looks.
    static List<DiscoveryFactory> discoveries() {
        return with(DiscoveryFactory.class, List.of());
    }

    /// What `realtime.dialects` can name; those of Sluice have sections of their own.
    static List<DialectFactory> dialects() {
        return with(DialectFactory.class, List.of());
    }

    /// @throws IllegalArgumentException when no jar brings a dialect of this id
    static DialectFactory dialect(String id) {
        return dialects().stream()
                .filter(factory -> factory.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "realtime.dialects: no jar brings a dialect called '" + id + "'"));
    }

    private static <F> List<F> with(Class<F> seam, List<F> ours) {
        List<F> all = new ArrayList<>(ours);
        ServiceLoader.load(seam).forEach(all::add);
        return List.copyOf(all);
    }
}
