package io.sluice.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TokenEndTest {
    private final ManualTicker ticker = new ManualTicker();

    private long in(Duration time) {
        return TokenEnd.of(Instant.ofEpochMilli(ticker.epochMillis()).plus(time), ticker);
    }

    @Test
    void comesWhenItIsDue() {
        long end = in(Duration.ofSeconds(5));
        ticker.advance(Duration.ofMillis(4_999));
        assertThat(TokenEnd.isOver(end, ticker.nanos())).isFalse();
        ticker.advance(Duration.ofMillis(1));
        assertThat(TokenEnd.isOver(end, ticker.nanos())).isTrue();
    }

    @Test
    void neverComesWithoutOne() {
        assertThat(TokenEnd.of(null, ticker)).isEqualTo(TokenEnd.NEVER);
        assertThat(TokenEnd.isOver(TokenEnd.NEVER, ticker.nanos())).isFalse();
        assertThat(TokenEnd.isOver(TokenEnd.NEVER, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void isNowWhenItHasPassedAndFarWhenItIsVeryFar() {
        assertThat(in(Duration.ofDays(-1))).isEqualTo(ticker.nanos());
        assertThat(in(Duration.ofDays(365_000)) - ticker.nanos())
                .isEqualTo(Integer.MAX_VALUE * 1_000_000_000L);
    }
}
