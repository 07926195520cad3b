package io.sluice.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FrameRateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void letsABurstPassAndThenTheRate() {
        FrameRate rate = FrameRate.of(RealtimeLimits.DEFAULT);
        long state = FrameRate.FRESH;
        for (int i = 0; i < 40; i++) {
            state = rate.take(state, 5);
            assertThat(state).isNotEqualTo(FrameRate.OVER);
        }
        assertThat(rate.take(state, 5)).isEqualTo(FrameRate.OVER);
        assertThat(rate.take(state, 5 + SECOND / 20)).isNotEqualTo(FrameRate.OVER);
    }

    @Test
    void aLimitOfZeroIsNone() {
        FrameRate rate = new FrameRate(0, 1);
        long state = FrameRate.FRESH;
        for (int i = 0; i < 10_000; i++) {
            state = rate.take(state, 0);
        }
        assertThat(state).isEqualTo(FrameRate.FRESH);
    }

    @Property
    void neverLetsMorePassThanBurstPlusRate(
            @ForAll @Size(max = 200) List<@IntRange(max = 200) Integer> gapsMillis,
            @ForAll @IntRange(min = 1, max = 50) int perSecond,
            @ForAll @IntRange(min = 1, max = 20) int burst) {
        FrameRate rate = new FrameRate(perSecond, burst);
        List<Long> passed = new ArrayList<>();
        long state = FrameRate.FRESH;
        long now = -3 * SECOND;
        for (int gap : gapsMillis) {
            now += TimeUnit.MILLISECONDS.toNanos(gap);
            long next = rate.take(state, now);
            if (next != FrameRate.OVER) {
                state = next;
                passed.add(now);
            }
        }
        long interval = SECOND / perSecond;
        for (int from = 0; from < passed.size(); from++) {
            for (int to = from; to < passed.size(); to++) {
                long most = burst + (passed.get(to) - passed.get(from)) / interval;
                assertThat((long) to - from + 1).isLessThanOrEqualTo(most);
            }
        }
    }
}
