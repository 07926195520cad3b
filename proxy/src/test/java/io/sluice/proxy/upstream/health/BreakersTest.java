package io.sluice.proxy.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.config.Loaded;
import io.sluice.core.time.ManualTicker;
import io.sluice.proxy.upstream.Breaker;
import io.sluice.proxy.upstream.CallResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BreakersTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Breakers breakers = new Breakers(ticker);

    private static CircuitBreakerConfig config(String yaml) {
        Loaded<CircuitBreakerConfig> loaded =
                ConfigLoader.of("circuitBreaker", CircuitBreakerConfig.class)
                        .load(ConfigInput.text(yaml));
        assertThat(loaded.complaints()).isEmpty();
        return Objects.requireNonNull(loaded.value());
    }

    private static final String YAML =
            """
            circuitBreaker:
              enabled: true
              default: {maxFailures: 7}
              routes:
                special: {timeout: 5s}
              services:
                users: {maxFailures: 2, failureThreshold: 0.9}
            """;

    @Test
    void readsDefaultRoutesAndServices() {
        CircuitBreakerConfig config = config(YAML);
        assertThat(config.fallback().maxFailures()).isEqualTo(7);
        assertThat(config.fallback().timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.routes().get("special"))
                .isEqualTo(
                        new BreakerConfig(
                                5, 0.5, 20, Duration.ofSeconds(5), 1, Duration.ofMinutes(1)));
        assertThat(config.services().get("users"))
                .isEqualTo(
                        new BreakerConfig(
                                2, 0.9, 20, Duration.ofMinutes(1), 1, Duration.ofMinutes(1)));
    }

    @Test
    void routesShareTheBreakerOfTheirServiceUnlessTheyHaveTheirOwn() {
        CircuitBreakerConfig config = config(YAML);
        Breaker users = breakers.of(config, "a", "users");
        assertThat(breakers.of(config, "b", "users")).isSameAs(users);
        assertThat(breakers.of(config, "special", "users")).isNotSameAs(users);
        assertThat(breakers.all()).isEmpty();
        breakers.commit();
        assertThat(breakers.all()).containsOnlyKeys("service:users", "route:special");
        assertThat(breakers.of(CircuitBreakerConfig.OFF, "a", "users")).isSameAs(Breaker.none());
    }

    @Test
    void aReloadKeepsTheStateUnlessTheSettingsChange() {
        Breaker users = breakers.of(config(YAML), "a", "users");
        for (int i = 0; i < 2; i++) {
            users.release(users.tryAcquire(), CallResult.SERVER_ERROR);
        }
        Breaker again = breakers.of(config(YAML), "a", "users");
        assertThat(again.tryAcquire()).isEqualTo(Breaker.REFUSED);
        Breaker changed =
                breakers.of(config(YAML.replace("maxFailures: 2", "maxFailures: 3")), "a", "users");
        assertThat(changed.tryAcquire()).isNotEqualTo(Breaker.REFUSED);
    }

    @Test
    void manyThreadsNeverGetMoreProbesThanAllowed() throws InterruptedException {
        CircuitBreaker breaker =
                new CircuitBreaker(
                        new BreakerConfig(
                                1, 0.5, 20, Duration.ofSeconds(1), 3, Duration.ofSeconds(1)),
                        ticker);
        for (int round = 0; round < 50; round++) {
            breaker.release(breaker.tryAcquire(), CallResult.TIMEOUT);
            ticker.advance(Duration.ofSeconds(1));
            AtomicInteger admitted = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    if (breaker.tryAcquire() != Breaker.REFUSED) {
                                        admitted.incrementAndGet();
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(admitted.get()).isEqualTo(3);
            breaker.reset();
        }
    }
}
