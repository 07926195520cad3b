package io.sluice.proxy.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import io.sluice.proxy.upstream.Breaker;
import io.sluice.proxy.upstream.CallResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final ManualTicker ticker = new ManualTicker();
    private final CircuitBreaker breaker = breaker(5, 0.5, 20, 1);

    private CircuitBreaker breaker(int row, double ratio, int minimum, int probes) {
        return new CircuitBreaker(
                new BreakerConfig(
                        row,
                        ratio,
                        minimum,
                        Duration.ofSeconds(60),
                        probes,
                        Duration.ofSeconds(60)),
                ticker);
    }

    private void call(CircuitBreaker breaker, CallResult result) {
        long permit = breaker.tryAcquire();
        assertThat(permit).isNotEqualTo(Breaker.REFUSED);
        breaker.release(permit, result);
    }

    @Test
    void opensAfterFailuresInARow() {
        for (int i = 0; i < 4; i++) {
            call(breaker, CallResult.SERVER_ERROR);
        }
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
        call(breaker, CallResult.TIMEOUT);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(breaker.tryAcquire()).isEqualTo(Breaker.REFUSED);
        assertThat(breaker.opened()).isEqualTo(1);
    }

    @Test
    void saysInHowManySecondsItTriesAgain() {
        open();
        assertThat(breaker.retryAfterSeconds()).isEqualTo(60);
        ticker.advance(Duration.ofMillis(58_100));
        assertThat(breaker.retryAfterSeconds()).isEqualTo(2);
        ticker.advance(Duration.ofSeconds(5));
        assertThat(breaker.retryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void aSuccessEndsTheRow() {
        for (int i = 0; i < 40; i++) {
            call(breaker, CallResult.SUCCESS);
        }
        for (int i = 0; i < 15; i++) {
            call(breaker, i % 5 == 4 ? CallResult.SUCCESS : CallResult.BROKEN);
        }
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void oneFailureIsNotAHundredPercent() {
        CircuitBreaker careful = breaker(1000, 0.5, 20, 1);
        for (int i = 0; i < 19; i++) {
            call(careful, CallResult.CONNECT_FAILED);
        }
        assertThat(careful.state()).isEqualTo(CircuitBreaker.State.CLOSED);
        call(careful, CallResult.CONNECT_FAILED);
        assertThat(careful.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void countsStartAnewAfterTheInterval() {
        CircuitBreaker careful = breaker(1000, 0.5, 20, 1);
        for (int i = 0; i < 19; i++) {
            call(careful, CallResult.SERVER_ERROR);
        }
        ticker.advance(Duration.ofSeconds(60));
        for (int i = 0; i < 19; i++) {
            call(careful, CallResult.SERVER_ERROR);
        }
        assertThat(careful.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void triesAgainAfterTheTimeoutAndCloses() {
        open();
        ticker.advance(Duration.ofSeconds(59));
        assertThat(breaker.tryAcquire()).isEqualTo(Breaker.REFUSED);
        ticker.advance(Duration.ofSeconds(1));
        long probe = breaker.tryAcquire();
        assertThat(probe).isNotEqualTo(Breaker.REFUSED);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        assertThat(breaker.tryAcquire()).isEqualTo(Breaker.REFUSED);
        breaker.release(probe, CallResult.SUCCESS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void aFailedProbeOpensItAgain() {
        open();
        ticker.advance(Duration.ofSeconds(60));
        call(breaker, CallResult.SERVER_ERROR);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
        ticker.advance(Duration.ofSeconds(59));
        assertThat(breaker.tryAcquire()).isEqualTo(Breaker.REFUSED);
    }

    @Test
    void aCancelledProbeGivesItsPermitBack() {
        open();
        ticker.advance(Duration.ofSeconds(60));
        for (int i = 0; i < 10; i++) {
            call(breaker, CallResult.CANCELLED);
        }
        call(breaker, CallResult.SUCCESS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void aProbeThatNeverEndsDoesNotKeepItShut() {
        open();
        ticker.advance(Duration.ofSeconds(60));
        assertThat(breaker.tryAcquire()).isNotEqualTo(Breaker.REFUSED);
        ticker.advance(Duration.ofSeconds(60));
        call(breaker, CallResult.SUCCESS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void aProbeWhoseAnswerStreamsClosesItBeforeItsEnd() {
        open();
        ticker.advance(Duration.ofSeconds(60));
        long probe = breaker.tryAcquire();
        long rest = breaker.streaming(probe);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
        for (int i = 0; i < 5; i++) {
            breaker.release(rest, CallResult.BROKEN);
        }
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void aStreamThatBreaksOffCountsWhileItIsClosed() {
        for (int i = 0; i < 5; i++) {
            breaker.release(breaker.streaming(breaker.tryAcquire()), CallResult.BROKEN);
        }
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void aCallFromBeforeTheOpeningSaysNothingAboutTheProbes() {
        long early = breaker.tryAcquire();
        open();
        ticker.advance(Duration.ofSeconds(60));
        long probe = breaker.tryAcquire();
        breaker.release(early, CallResult.SERVER_ERROR);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
        breaker.release(probe, CallResult.SUCCESS);
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    private void open() {
        for (int i = 0; i < 5; i++) {
            call(breaker, CallResult.SERVER_ERROR);
        }
    }

    /// Runs any order of starts, ends and pauses against a breaker and checks, after each step, what must always hold.
    @Property
    void neverLetsMoreProbesThroughThanAllowedAndNeverStaysShut(
            @ForAll("steps") List<Integer> steps) {
        ManualTicker time = new ManualTicker();
        int probes = 3;
        CircuitBreaker tried =
                new CircuitBreaker(
                        new BreakerConfig(
                                3, 0.5, 8, Duration.ofSeconds(10), probes, Duration.ofSeconds(10)),
                        time);
        List<Long> held = new ArrayList<>();
        long halfOpenPermit = 0;
        for (int step : steps) {
            switch (step) {
                case 0, 1, 2 -> {
                    CircuitBreaker.State before = tried.state();
                    long permit = tried.tryAcquire();
                    if (permit != Breaker.REFUSED) {
                        held.add(permit);
                    } else {
                        assertThat(before).isNotEqualTo(CircuitBreaker.State.CLOSED);
                    }
                }
                case 3, 4 -> end(tried, held, CallResult.SUCCESS);
                case 5, 6, 7 -> end(tried, held, CallResult.TIMEOUT);
                case 8 -> end(tried, held, CallResult.CANCELLED);
                default -> time.advance(Duration.ofSeconds(4));
            }
            if (tried.state() == CircuitBreaker.State.HALF_OPEN && step <= 2 && !held.isEmpty()) {
                halfOpenPermit = Math.max(halfOpenPermit, held.getLast());
                assertThat(countOf(held, halfOpenPermit)).isLessThanOrEqualTo(probes);
            }
        }
        time.advance(Duration.ofSeconds(10));
        assertThat(tried.tryAcquire()).isNotEqualTo(Breaker.REFUSED);
    }

    private static long countOf(List<Long> held, long permit) {
        return held.stream().mapToLong(Long::longValue).filter(other -> other == permit).count();
    }

    private static void end(CircuitBreaker breaker, List<Long> held, CallResult result) {
        if (!held.isEmpty()) {
            breaker.release(held.removeFirst(), result);
        }
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers().between(0, 9).list().ofMinSize(1).ofMaxSize(200);
    }
}
