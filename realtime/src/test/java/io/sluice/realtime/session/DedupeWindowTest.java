package io.sluice.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DedupeWindowTest {
    private final ManualTicker ticker = new ManualTicker();
    private final DedupeWindow<String> window =
            new DedupeWindow<>(ticker, Duration.ofMinutes(5), 1_600, 1 << 20, String::length);

    @Test
    void givesTheFirstResultUntilTheWindowCloses() {
        assertThat(window.first("k", "one")).isNull();
        ticker.advance(Duration.ofSeconds(299));
        assertThat(window.first("k", "two")).isEqualTo("one");
        ticker.advance(Duration.ofSeconds(1));
        assertThat(window.first("k", "three")).isNull();
        assertThat(window.first("k", "four")).isEqualTo("three");
    }

    @Test
    void neverHoldsMoreThanItsBound() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(window.first("key-" + i, "x")).isNull();
        }
        assertThat(window.size()).isLessThanOrEqualTo(1_600);
        assertThat(window.first("key-99999", "y")).isEqualTo("x");
    }

    @Test
    void neverTakesMoreBytesThanItsBound() {
        String longest = "x".repeat(600);
        for (int i = 0; i < 1_600; i++) {
            assertThat(window.first(longest + i, "x")).isNull();
        }
        assertThat(window.size()).isLessThan(1_000);
        assertThat(window.bytes()).isBetween(500_000L, 1L << 20);
        assertThat(window.first(longest + 1_599, "y")).isEqualTo("x");
        assertThat(window.first("y".repeat(1 << 16), "x")).isNull();
        assertThat(window.bytes()).isLessThanOrEqualTo(1L << 20);
        for (int i = 0; i < 1_600; i++) {
            window.forget(longest + i);
        }
        assertThat(window.bytes()).isZero();
    }

    @Test
    void countsWhatIsRememberedWithTheKeys() {
        String large = "x".repeat(10_000);
        for (int i = 0; i < 1_600; i++) {
            assertThat(window.first("k" + i, large)).isNull();
        }
        assertThat(window.bytes()).isBetween(500_000L, 1L << 20);
        assertThat(window.size()).isLessThan(110);
        assertThat(window.first("k1599", "y")).isEqualTo(large);
        for (int i = 0; i < 1_600; i++) {
            window.forget("k" + i);
        }
        assertThat(window.bytes()).isZero();
    }

    @Test
    void takesAKeyAgainThatWasForgotten() {
        assertThat(window.first("k", "one")).isNull();
        window.forget("k");
        assertThat(window.first("k", "two")).isNull();
        assertThat(window.size()).isEqualTo(1);
    }
}
