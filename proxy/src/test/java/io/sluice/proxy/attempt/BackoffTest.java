package io.sluice.proxy.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Property
    void staysWithinAQuarterOfThePlannedPause(
            @ForAll @IntRange(min = 1, max = 60) int retry,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
        double planned = Math.min(100e6 * Math.pow(2, retry - 1), 30e9);

        assertThat((double) Backoff.DEFAULTS.nanos(retry, chance))
                .isBetween(planned * 0.75 - 1, planned * 1.25 + 1);
    }

    @Test
    void doublesFromOneRetryToTheNext() {
        Backoff plain = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 2, 0);

        assertThat(plain.nanos(1, 0.9)).isEqualTo(100_000_000);
        assertThat(plain.nanos(2, 0.9)).isEqualTo(200_000_000);
        assertThat(plain.nanos(3, 0.9)).isEqualTo(400_000_000);
        assertThat(plain.nanos(9, 0.9)).isEqualTo(1_000_000_000);
    }
}
