package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JWSAlgorithm;
import io.sluice.core.identity.Principal;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.ManualTicker;
import io.sluice.edge.ExchangeFixture;
import io.sluice.edge.filter.FilterChain;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// Runs exchanges through gates with a secret of ours, and counts what came of it.
abstract class AuthScene {
    static final long NOW = ManualTicker.START_MILLIS / 1000;
    static final String KEY_YAML =
            "apikey: {enabled: true, scheme: ApiKey, queryParam: api_key, defaultScopes: [base], "
                    + "keys: {k1: {key: s3cret, scopes: [read], metadata: {team: blue}}, "
                    + "late: {key: l4te, expiresAt: 2026-01-01T01:00:00+01:00}, "
                    + "off: {key: 0ff, disabled: true}}}";
    static final String JWT_YAML =
            "jwt: {enabled: true, cookieName: sid, tokenQuery: token, secret: "
                    + AuthSettings.SECRET
                    + "}";

    final ExchangeFixture fixture = new ExchangeFixture();
    private final Signer signer = Signer.secret(JWSAlgorithm.HS256, AuthSettings.SECRET);
    private final Metrics metrics = Metrics.unread();
    private final List<AuthGate> gates = new ArrayList<>();

    @AfterEach
    final void stop() {
        gates.forEach(AuthGate::close);
        fixture.close();
    }

    final AuthGate gate(String yaml) {
        AuthGate gate =
                AuthGate.open(
                        AuthSettings.of("auth: {" + yaml + "}"),
                        List.of(new JwtAuthenticatorFactory(), new ApiKeyAuthenticatorFactory()),
                        fixture.ticker,
                        metrics);
        gates.add(gate);
        return gate;
    }

    final long counted(String provider, String result) {
        return metrics.counters("gateway_auth_total", "", "provider", "result")
                .of(provider, result)
                .value();
    }

    final String token(Object... more) {
        Map<String, Object> claims = new HashMap<>(Map.of("sub", "alice", "exp", NOW + 60));
        for (int i = 0; i < more.length; i += 2) {
            claims.put((String) more[i], more[i + 1]);
        }
        return signer.sign(claims);
    }

    final ExchangeFixture.Pair run(AuthGate gate, ExchangeFixture.Request request) {
        return run(gate, AuthRuleConfig.AS_CONFIGURED, request);
    }

    final ExchangeFixture.Pair run(
            AuthGate gate, AuthRuleConfig rule, ExchangeFixture.Request request) {
        Handler end = exchange -> exchange.answer(Response.empty(200));
        ExchangeFixture.Pair pair = request.open();
        FilterChain chain = new FilterChain(gate.filters(rule), end);
        fixture.loop
                .executor()
                .submit(() -> chain.handle(pair.exchange()))
                .awaitUninterruptibly(5, TimeUnit.SECONDS);
        return pair;
    }

    static Principal principal(ExchangeFixture.Pair pair) {
        return Objects.requireNonNull(pair.exchange().principal());
    }

    static @Nullable String challenge(ExchangeFixture.Pair pair) {
        return pair.reply().header("WWW-Authenticate");
    }
}
