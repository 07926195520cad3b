package io.sluice.app.wiring;

import io.sluice.edge.filter.auth.ApiKeyAuthenticatorFactory;
import io.sluice.edge.filter.auth.AuthenticatorFactory;
import io.sluice.edge.filter.auth.JwtAuthenticatorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// What can be named in a configuration: ours, listed by hand, then what other jars on the class path bring.
final class Builtins {
    private Builtins() {}

    /// In the order they are asked when `auth.providers` names none.
    static List<AuthenticatorFactory> authenticators() {
        List<AuthenticatorFactory> all = new ArrayList<>();
        all.add(new JwtAuthenticatorFactory());
        all.add(new ApiKeyAuthenticatorFactory());
        ServiceLoader.load(AuthenticatorFactory.class).forEach(all::add);
        return all;
    }
}
