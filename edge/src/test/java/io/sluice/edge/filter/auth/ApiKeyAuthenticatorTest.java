package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.ExchangeFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ApiKeyAuthenticatorTest extends AuthScene {

    @Test
    void anApiKeyIsAcceptedFromEveryPlaceAndNeverPassedOn() {
        AuthGate gate = gate("required: true, " + KEY_YAML);
        for (ExchangeFixture.Request request :
                List.of(
                        fixture.get("/x?a=1").header("X-API-Key", "s3cret"),
                        fixture.get("/x?a=1").header("Authorization", "apikey s3cret"),
                        fixture.get("/x?api_key=s3cret&a=1"),
                        fixture.get("/x?a=1&api_key=s3cret").header("x-api-key", "s3cret"))) {
            ExchangeFixture.Pair pair = run(gate, request);
            assertThat(pair.reply().status()).isEqualTo(200);
            assertThat(principal(pair).subject()).isEqualTo("k1");
            assertThat(principal(pair).type()).isEqualTo("service");
            assertThat(principal(pair).scopes()).containsExactlyInAnyOrder("read", "base");
            assertThat(principal(pair).claims()).containsEntry("team", "blue");
            assertThat(pair.exchange().request().target()).isEqualTo("/x?a=1");
            assertThat(pair.sent().toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void aKeyLeavesTheTargetEvenWhenItIsRefusedOrNotNeeded() {
        AuthGate gate = gate(KEY_YAML + ", " + JWT_YAML);
        ExchangeFixture.Pair wrong = run(gate, fixture.get("/x?api_key=wr0ng"));
        assertThat(wrong.reply().status()).isEqualTo(401);
        assertThat(wrong.exchange().request().target()).isEqualTo("/x");
        ExchangeFixture.Pair both =
                run(
                        gate,
                        fixture.get("/x?api_key=s3cret")
                                .header("Authorization", "Bearer " + token()));
        assertThat(principal(both).provider()).isEqualTo("jwt");
        assertThat(both.exchange().request().target()).isEqualTo("/x");
    }

    @Test
    void unknownExpiredAndDisabledKeysAreRefused() {
        AuthGate gate = gate(KEY_YAML);
        fixture.ticker.advance(Duration.ofMillis(1));
        for (String key : List.of("nope", "l4te", "0ff", "")) {
            ExchangeFixture.Pair pair = run(gate, fixture.get("/x").header("X-API-Key", key));
            assertThat(pair.reply().status()).isEqualTo(401);
            assertThat(challenge(pair)).isEqualTo("ApiKey");
        }
    }

    @Test
    void hashedKeysMayBeWrittenInAnyCase() {
        String sha = "2BB80D537B1DA3E38BD30361AA855686BDE0EACD7162FEF6A25FE97BF527A25B";
        AuthGate gate =
                gate("apikey: {enabled: true, hashKeys: true, keys: {k1: {key: " + sha + "}}}");
        ExchangeFixture.Pair pair = run(gate, fixture.get("/x").header("X-API-Key", "secret"));
        assertThat(principal(pair).subject()).isEqualTo("k1");
        assertThat(run(gate, fixture.get("/x").header("X-API-Key", sha)).reply().status())
                .isEqualTo(401);
    }
}
