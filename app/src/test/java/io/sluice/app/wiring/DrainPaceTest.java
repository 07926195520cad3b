package io.sluice.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class DrainPaceTest {
    private static final Duration LOOK = Duration.ofMillis(20);

    @Property
    void allAreToldInTheFirstHalfOfTheTime(
            @ForAll @IntRange(max = 1_000_000) int left,
            @ForAll @IntRange(max = 2_000) int batch,
            @ForAll @LongRange(max = 120_000) long limitMillis) {
        Duration limit = Duration.ofMillis(limitMillis);

        DrainPace pace = DrainPace.of(left, batch, limit, LOOK);

        long pauses = Math.max(0, Math.ceilDiv(left, pace.most()) - 1);
        long each = Math.max(pace.stepNanos(), LOOK.toNanos());
        assertThat(pauses * each).isLessThanOrEqualTo(limit.toNanos() / 2);
        assertThat(pace.stepNanos()).isBetween(0L, 1_000_000_000L);
        assertThat(pace.most()).isGreaterThanOrEqualTo(Math.max(1, batch));
    }

    @Example
    void aBatchGoesEachSecondWhereThatWillDo() {
        assertThat(DrainPace.of(2_000, 500, Duration.ofSeconds(30), LOOK))
                .isEqualTo(new DrainPace(500, 1_000_000_000));
    }

    @Example
    void aBatchThatIsTooSmallGrows() {
        assertThat(DrainPace.of(15_000, 1, Duration.ofSeconds(30), LOOK).most()).isEqualTo(20);
    }

    @Example
    void allGoAtOnceWhereNoBatchIsWanted() {
        assertThat(DrainPace.of(15_000, 0, Duration.ofSeconds(30), LOOK).most())
                .isEqualTo(Integer.MAX_VALUE);
    }
}
