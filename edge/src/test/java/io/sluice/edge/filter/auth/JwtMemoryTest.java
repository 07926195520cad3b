package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class JwtMemoryTest extends JwtScene {

    @Test
    void aTokenSeenBeforeIsNotCheckedAgainUntilItEnds() {
        JwtAuthenticator jwt = secretly("");
        String token = hs256.sign(claims());
        Authentication first = jwt.authenticate(token);
        assertThat(jwt.authenticate(token)).isSameAs(first);
        assertThat(jwt.remembered()).isEqualTo(1);

        ticker.advance(Duration.ofSeconds(659));
        assertThat(jwt.authenticate(token)).isSameAs(first);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(denied(jwt.authenticate(token))).contains("expired");
    }

    @Test
    void refusalsAreNotRemembered() {
        JwtAuthenticator jwt = secretly("");
        for (int i = 0; i < 100; i++) {
            denied(jwt.authenticate(hs256.sign(claims("exp", NOW - 100 - i))));
            denied(jwt.authenticate("x" + i));
        }
        assertThat(jwt.remembered()).isZero();
    }

    @Test
    void whatIsRememberedIsBounded() {
        JwtAuthenticator jwt = secretly("");
        String pad = "x".repeat(8000);
        for (int i = 0; i < 3000; i++) {
            granted(jwt.authenticate(hs256.sign(claims("jti", pad + i))));
        }
        assertThat(jwt.remembered()).isBetween(1L, 2000L);
    }
}
