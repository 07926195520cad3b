package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import io.sluice.edge.ExchangeFixture;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class AuthFilterTest extends AuthScene {

    @Test
    void aValidTokenNamesThePrincipalAndIsPassedOn() {
        String token = token();
        ExchangeFixture.Pair pair =
                run(
                        gate("required: true, " + JWT_YAML),
                        fixture.get("/x").header("Authorization", "Bearer " + token));
        assertThat(pair.reply().status()).isEqualTo(200);
        assertThat(principal(pair).subject()).isEqualTo("alice");
        assertThat(pair.sent().get(HeaderName.AUTHORIZATION)).isEqualTo("Bearer " + token);
        assertThat(counted("jwt", "granted")).isEqualTo(1);
        assertThat(counted("jwt", "denied")).isZero();
    }

    @Test
    void theTokenIsNotPassedOnWhenSwitchedOff() {
        String yaml = JWT_YAML.replace("{enabled", "{forwardToken: false, enabled");
        ExchangeFixture.Pair pair =
                run(gate(yaml), fixture.get("/x").header("Authorization", "bearer " + token()));
        assertThat(principal(pair).subject()).isEqualTo("alice");
        assertThat(pair.sent().contains(HeaderName.AUTHORIZATION)).isFalse();
    }

    @Test
    void cookieAndQueryCarryTokensToo() {
        AuthGate gate = gate("required: true, " + JWT_YAML);
        ExchangeFixture.Pair cookie =
                run(gate, fixture.get("/x").header("Cookie", "a=b; sid=" + token()));
        assertThat(cookie.reply().status()).isEqualTo(200);
        ExchangeFixture.Pair query = run(gate, fixture.get("/x?a=%20&token=" + token() + "&b"));
        assertThat(query.reply().status()).isEqualTo(200);
        assertThat(query.exchange().request().target()).isEqualTo("/x?a=%20&b");
    }

    @Test
    void noCredentialIsAskedForOne() {
        ExchangeFixture.Pair pair = run(gate("required: true, " + JWT_YAML), fixture.get("/x"));
        assertThat(pair.reply().status()).isEqualTo(401);
        assertThat(challenge(pair)).isEqualTo("Bearer");
        assertThat(pair.reply().body()).contains("\"error\":\"unauthorized\"");
        assertThat(counted("none", "absent")).isEqualTo(1);
    }

    @Test
    void aBadTokenIsRefusedEvenWhereNoneIsNeeded() {
        for (String required : List.of("true", "false")) {
            for (String bad : List.of("x", "", token("exp", NOW - 100), token("nbf", NOW + 100))) {
                ExchangeFixture.Pair pair =
                        run(
                                gate("required: " + required + ", " + JWT_YAML),
                                fixture.get("/x").header("Authorization", "Bearer " + bad));
                assertThat(pair.reply().status()).isEqualTo(401);
                assertThat(challenge(pair)).isEqualTo("Bearer error=\"invalid_token\"");
            }
        }
    }

    @Test
    void anotherSchemeIsNoToken() {
        ExchangeFixture.Pair pair =
                run(gate(JWT_YAML), fixture.get("/x").header("Authorization", "Basic eDp5"));
        assertThat(pair.reply().status()).isEqualTo(200);
        assertThat(pair.exchange().principal()).isNull();
        assertThat(pair.sent().get(HeaderName.AUTHORIZATION)).isEqualTo("Basic eDp5");
    }

    @Test
    void twoAuthorizationFieldsAreRefused() {
        ExchangeFixture.Pair pair =
                run(
                        gate(JWT_YAML),
                        fixture.get("/x")
                                .header("Authorization", "Bearer " + token())
                                .header("Authorization", "Bearer forged"));
        assertThat(pair.reply().status()).isEqualTo(401);
    }

    @Test
    void skippedPathsEndAtASegment() {
        AuthGate gate = gate("required: true, skipPaths: [/public/], " + JWT_YAML);
        assertThat(run(gate, fixture.get("/public/x")).reply().status()).isEqualTo(200);
        assertThat(run(gate, fixture.get("/publicity/x")).reply().status()).isEqualTo(401);
        assertThat(run(gate, fixture.get("/public")).reply().status()).isEqualTo(401);
    }

    @Test
    void providersAreAskedInOrderUntilOneGrants() {
        AuthGate gate = gate("providers: [api_key, jwt], " + KEY_YAML + ", " + JWT_YAML);
        ExchangeFixture.Pair pair =
                run(
                        gate,
                        fixture.get("/x")
                                .header("X-API-Key", "wrong")
                                .header("Authorization", "Bearer " + token()));
        assertThat(principal(pair).provider()).isEqualTo("jwt");
        assertThat(counted("apikey", "denied")).isEqualTo(1);
        assertThat(counted("jwt", "granted")).isEqualTo(1);
    }

    @Test
    void aRuleMayAskForMoreLessOrOneKind() {
        AuthGate gate = gate(KEY_YAML + ", " + JWT_YAML);
        AuthRuleConfig needed = new AuthRuleConfig(true, null, List.of());
        AuthRuleConfig keyOnly = new AuthRuleConfig(true, "apikey", List.of());
        assertThat(run(gate, needed, fixture.get("/x")).reply().status()).isEqualTo(401);
        ExchangeFixture.Request bearer =
                fixture.get("/x").header("Authorization", "Bearer " + token());
        assertThat(run(gate, keyOnly, bearer).reply().status()).isEqualTo(401);
        assertThat(
                        run(gate, keyOnly, fixture.get("/x").header("X-API-Key", "s3cret"))
                                .reply()
                                .status())
                .isEqualTo(200);

        AuthGate strict = gate("required: true, " + JWT_YAML);
        AuthRuleConfig open = new AuthRuleConfig(false, null, List.of());
        assertThat(run(strict, open, fixture.get("/x")).reply().status()).isEqualTo(200);
        assertThat(strict.problem(keyOnly)).contains("authType 'apikey'");
        assertThat(run(strict, keyOnly, fixture.get("/x")).reply().status()).isEqualTo(401);
        assertThat(gate("required: false").problem(needed)).contains("neither");
        assertThat(run(gate("required: false"), needed, bearer).reply().status()).isEqualTo(401);
    }

    @Test
    void nothingConfiguredMeansNoFilters() {
        assertThat(gate("required: false").filters(AuthRuleConfig.AS_CONFIGURED)).isEmpty();
    }

    @Test
    void missingScopesAreForbidden() {
        AuthGate gate = gate("requiredScopes: [api:read], " + JWT_YAML);
        AuthRuleConfig rule = new AuthRuleConfig(true, null, List.of("api:write"));
        ExchangeFixture.Pair few =
                run(
                        gate,
                        rule,
                        fixture.get("/x")
                                .header("Authorization", "Bearer " + token("scope", "api:read")));
        assertThat(few.reply().status()).isEqualTo(403);
        assertThat(challenge(few))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"api:read api:write\"");
        assertThat(few.reply().body()).contains("\"error\":\"forbidden\"");
        ExchangeFixture.Pair all =
                run(
                        gate,
                        rule,
                        fixture.get("/x")
                                .header(
                                        "Authorization",
                                        "Bearer " + token("scope", "x api:write api:read")));
        assertThat(all.reply().status()).isEqualTo(200);
    }

    @Test
    void scopesNeedACredentialEvenWhereItIsOptional() {
        AuthGate gate = gate("requiredScopes: [a], skipPaths: [/open], " + JWT_YAML);
        ExchangeFixture.Pair pair = run(gate, fixture.get("/x"));
        assertThat(pair.reply().status()).isEqualTo(401);
        assertThat(challenge(pair)).isEqualTo("Bearer");
        assertThat(run(gate, fixture.get("/open")).reply().status()).isEqualTo(200);
    }

    @Test
    void anUnknownProviderIsNamed() {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> gate("providers: [ldap], " + JWT_YAML)))
                .hasMessageContaining("'ldap', expected one of jwt, apikey");
    }

    @Test
    void waitsForKeysWithoutHoldingTheLoopAndGoesOnUponIt() {
        Signer rsa = Signer.rsa("k", JWSAlgorithm.RS256);
        String json = "{\"keys\":[" + rsa.jwk().toJSONString() + "]}";
        try (OriginServer issuer = OriginServer.start("issuer")) {
            issuer.on(
                    "/keys",
                    OriginHandlers.delayed(Duration.ofMillis(100), OriginHandlers.json(200, json)));
            AuthGate gate =
                    gate(
                            "required: true, jwt: {enabled: true, jwksEndpoint: 'http://127.0.0.1:"
                                    + issuer.port()
                                    + "/keys'}");
            String token = rsa.sign(Map.of("sub", "bob", "exp", NOW + 60));
            ExchangeFixture.Pair pair =
                    run(gate, fixture.get("/x").header("Authorization", "Bearer " + token));
            assertThat(pair.reply().status()).isZero();
            await().until(() -> pair.reply().status() == 200);
            Exchange exchange = pair.exchange();
            assertThat(Objects.requireNonNull(exchange.principal()).subject()).isEqualTo("bob");
        }
    }
}
