package io.sluice.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ManualTickerTest {

    @Test
    void bothClocksMoveTogetherAndOnlyByHand() {
        ManualTicker ticker = new ManualTicker();
        assertThat(ticker.nanos()).isZero();
        assertThat(ticker.now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));

        ticker.advance(Duration.ofMillis(1500));

        assertThat(ticker.nanos()).isEqualTo(1_500_000_000L);
        assertThat(ticker.now()).isEqualTo(Instant.parse("2026-01-01T00:00:01.500Z"));
    }
}
