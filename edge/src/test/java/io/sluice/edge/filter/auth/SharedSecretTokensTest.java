package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.core.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedSecretTokensTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final String ALICE = "{\"id\":\"alice\",\"email\":\"alice@x.io\"}";

    private final SharedSecretTokens tokens =
            new SharedSecretTokens("short", "id", List.of("email"));

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(String alg, String mac, String secret, String claims) {
        try {
            String input = part("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}") + '.' + part(claims);
            Mac signer = Mac.getInstance(mac);
            signer.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac));
            byte[] signature = signer.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            return input + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Principal check(String claims) {
        return tokens.principal(token("HS256", "HmacSHA256", "short", claims), NOW);
    }

    @ParameterizedTest
    @CsvSource({"HS256,HmacSHA256", "HS384,HmacSHA384", "HS512,HmacSHA512"})
    void aTokenWithoutEndIsGood(String alg, String mac) {
        assertThat(tokens.principal(token(alg, mac, "short", ALICE), NOW))
                .isNotNull()
                .satisfies(alice -> {
                    assertThat(alice.subject()).isEqualTo("alice");
                    assertThat(alice.claims()).isEqualTo(Map.of("email", "alice@x.io"));
                    assertThat(alice.expiresAt()).isNull();
                });
    }

    @Test
    void theEndCounts() {
        assertThat(check("{\"id\":\"a\",\"exp\":1700000001}"))
                .isNotNull()
                .extracting(Principal::expiresAt)
                .isEqualTo(Instant.ofEpochSecond(1_700_000_001));
        assertThat(check("{\"id\":\"a\",\"exp\":1700000000}")).isNull();
        assertThat(check("{\"id\":\"a\",\"exp\":\"never\"}")).isNull();
        assertThat(check("{\"id\":\"a\",\"nbf\":1700000001}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"\"}",
                "{\"id\":null}",
                "{\"id\":{}}",
                "{\"sub\":\"alice\"}"
            })
    void whoIsNotNamedIsNotLetIn(String claims) {
        assertThat(check(claims)).isNull();
    }

    @Test
    void blanksNameNobody() {
        assertThat(check("{\"id\":\"\"}")).isNull();
        assertThat(check("{\"id\":\"  \"}")).isNull();
    }

    @Test
    void aNumberNamesToo() {
        assertThat(check("{\"id\":7}")).isNotNull().extracting(Principal::subject).isEqualTo("7");
    }

    @Test
    void otherSecretsAndOtherAlgorithmsAreRefused() {
        assertThat(tokens.principal(token("HS256", "HmacSHA256", "other", ALICE), NOW)).isNull();
        assertThat(tokens.principal(token("HS512", "HmacSHA256", "short", ALICE), NOW)).isNull();
        assertThat(tokens.principal(token("RS256", "HmacSHA256", "short", ALICE), NOW)).isNull();
        String none = part("{\"alg\":\"none\"}") + '.' + part(ALICE) + '.';
        assertThat(tokens.principal(none, NOW)).isNull();
        String critical =
                token("HS256", "HmacSHA256", "short", ALICE)
                        .replace(part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"), part("{}"));
        assertThat(tokens.principal(critical, NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "null", "e30.e30.e30", "Bearer x"})
    void rubbishIsRefused(String token) {
        assertThat(tokens.principal(token, NOW)).isNull();
    }

    @Test
    void ourOwnTokensAreGoodUntilTheirEnd() {
        String own = tokens.issue("guest-1", Map.of("email", "g@x"), NOW + 60_000);
        assertThat(tokens.principal(own, NOW))
                .isNotNull()
                .satisfies(guest -> {
                    assertThat(guest.subject()).isEqualTo("guest-1");
                    assertThat(guest.claims()).containsEntry("email", "g@x");
                });
        assertThat(tokens.principal(own, NOW + 60_000)).isNull();
    }

    @FuzzTest
    void checksAnything(byte[] token) {
        assertThat(tokens.principal(new String(token, StandardCharsets.UTF_8), NOW)).isNull();
    }

    @Property(tries = 200)
    void checksAnyText(@ForAll String token) {
        assertThat(tokens.principal(token, NOW)).isNull();
    }
}
