package io.sluice.edge.filter.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void aBurstIsTakenAndThenTheRate() {
        TokenBuckets buckets = buckets(10, 20);
        long start = Long.MAX_VALUE - 5;
        assertThat(taken(buckets, 40, start)).isEqualTo(20);
        assertThat(taken(buckets, 40, start + SECOND)).isEqualTo(10);
        assertThat(taken(buckets, 40, start + 10 * SECOND)).isEqualTo(20);
    }

    @Test
    void theBucketIsAsLargeAsTheRateUnlessSaidOtherwise() {
        assertThat(taken(buckets(10, 0), 40, 0)).isEqualTo(10);
        assertThat(taken(buckets(0.5, 0), 40, 0)).isEqualTo(1);
    }

    @Test
    void whoIsRefusedHearsWhenTheNextTokenComes() {
        TokenBuckets buckets = buckets(2, 1);
        assertThat(buckets.take("a", 0)).isEqualTo(SECOND / 2);
        assertThat(buckets.take("a", 0)).isEqualTo(-SECOND / 2);
        assertThat(buckets.take("a", SECOND / 4)).isEqualTo(-SECOND / 4);
        assertThat(buckets.take("a", SECOND / 2)).isPositive();
    }

    @Test
    void remainingTokensAreWholeOnes() {
        TokenBuckets buckets = buckets(1, 3);
        assertThat(buckets.remaining(buckets.take("a", 0))).isEqualTo(2);
        assertThat(buckets.remaining(buckets.take("a", SECOND / 2))).isEqualTo(1);
        assertThat(buckets.remaining(buckets.take("a", SECOND))).isEqualTo(1);
    }

    @Test
    void theTableStaysBoundedAndTheRefusedStayRefused() {
        TokenBuckets buckets = new TokenBuckets(new RateLimit(1, 5), 1000);
        for (int i = 0; i < 5; i++) {
            buckets.take("greedy", 0);
        }
        for (int i = 0; i < 20_000; i++) {
            buckets.take("k" + i, 0);
            assertThat(buckets.size()).isLessThanOrEqualTo(1001);
        }
        assertThat(buckets.take("greedy", 0)).isNegative();
    }

    @Property
    void neverMoreThanBurstPlusRateTimesTime(
            @ForAll @DoubleRange(min = 0.1, max = 1000) double rate,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll @Size(max = 100) List<@IntRange(max = 2_000_000_000) Integer> gaps) {
        TokenBuckets buckets = buckets(rate, burst);
        long now = 0;
        int taken = 0;
        for (int gap : gaps) {
            now += gap;
            taken += buckets.take("a", now) > 0 ? 1 : 0;
            assertThat((double) taken)
                    .isLessThanOrEqualTo(burst + rate * now / SECOND * 1.001 + 1e-6);
        }
    }

    private static TokenBuckets buckets(double rate, int burst) {
        return new TokenBuckets(new RateLimit(rate, burst), TokenBuckets.MAX_KEYS);
    }

    private static int taken(TokenBuckets buckets, int tries, long now) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += buckets.take("a", now) > 0 ? 1 : 0;
        }
        return taken;
    }
}
