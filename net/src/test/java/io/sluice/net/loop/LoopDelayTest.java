package io.sluice.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopDelayTest {
    private static final long BOUND = TimeUnit.MILLISECONDS.toNanos(100);

    private final ManualTicker ticker = new ManualTicker();
    private final Deque<Runnable> scheduled = new ArrayDeque<>();
    private final LoopDelay delay = new LoopDelay(ticker, scheduled::add);

    private boolean exceeds() {
        return delay.exceeds(BOUND);
    }

    /// The loop is at something for these milliseconds, requests among it; then it ticks.
    private void turn(int millis) {
        exceeds();
        pass(millis);
        scheduled.remove().run();
    }

    private void pass(int millis) {
        ticker.advance(Duration.ofMillis(millis));
    }

    /// Turns of 45 ms: as late as a loop may be that is in time.
    private void calmFor(int millis) {
        for (int passed = 0; passed < millis; passed += 45) {
            turn(45);
        }
    }

    private void lateFor(int turns) {
        for (int i = 0; i < turns; i++) {
            turn(150);
        }
    }

    @Test
    void aLoopThatIsLateForHalfASecondLetsInOnlyTheBeginningOfEachTurn() {
        lateFor(4);

        assertThat(exceeds()).isFalse();
        pass(100);
        assertThat(exceeds()).isFalse();
        pass(1);
        assertThat(exceeds()).isTrue();
        scheduled.remove().run();
        assertThat(exceeds()).isFalse();
    }

    @Test
    void aPauseOfTheMachineIsNoReasonToRefuse() {
        turn(20);
        turn(400);
        pass(300);
        assertThat(exceeds()).isFalse();
    }

    @Test
    void oneTurnInTimeBeginsTheHalfSecondAnew() {
        lateFor(3);
        turn(110);
        lateFor(2);

        pass(300);
        assertThat(exceeds()).isFalse();
    }

    @Test
    void itStaysSoWhileWhatIsLetInFillsTheTurns() {
        lateFor(4);
        calmFor(1_900);
        turn(60);
        calmFor(1_900);

        assertThat(delay.behind()).isTrue();
        pass(101);
        assertThat(exceeds()).isTrue();
    }

    @Test
    void itEndsAfterTwoSecondsThatWereHardlyLate() {
        lateFor(4);
        calmFor(2_100);

        assertThat(delay.behind()).isFalse();
        pass(300);
        assertThat(exceeds()).isFalse();
    }

    @Test
    void itEndsAlsoWhenNobodyAsksAnyMore() {
        lateFor(4);
        while (!scheduled.isEmpty()) {
            pass(20);
            scheduled.remove().run();
        }

        assertThat(delay.behind()).isFalse();
    }

    @Test
    void whoWaitsLongerIsLetInLonger() {
        lateFor(4);

        pass(101);
        assertThat(exceeds()).isTrue();
        assertThat(delay.exceeds(2 * BOUND)).isFalse();
        pass(100);
        assertThat(delay.exceeds(2 * BOUND)).isTrue();
    }

    @Test
    void nothingTicksOnceNobodyAsks() {
        turn(20);
        for (int passed = 0; passed < 480; passed += 20) {
            assertThat(scheduled).hasSize(1);
            pass(20);
            scheduled.remove().run();
        }

        assertThat(scheduled).isEmpty();
    }
}
