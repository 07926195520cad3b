package io.sluice.realtime.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HistoryRingTest {
    private static final long TTL = Duration.ofSeconds(10).toNanos();

    private static HistoryRing<Long> ring(int size, long bytes) {
        return new HistoryRing<>("e", new HistoryConfig(size, Duration.ofNanos(TTL), bytes));
    }

    private static Position at(long offset) {
        return new Position("e", offset);
    }

    /// What a client may do next: wait, publish, or ask for what came after some offset.
    record Step(long waits, int bytes, long asks) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> waits = Arbitraries.longs().between(0, TTL / 2);
        Arbitrary<Integer> bytes = Arbitraries.integers().between(0, 40);
        Arbitrary<Long> asks = Arbitraries.longs().between(-2, 60);
        return Combinators.combine(waits, bytes, asks).as(Step::new).list().ofMaxSize(60);
    }

    @Property
    void whatIsRecoveredHasNoGapAndNothingTwiceAndEndsAtTheNewest(
            @ForAll("steps") List<Step> steps) {
        HistoryRing<Long> ring = ring(7, 100);
        long now = 0;
        long published = 0;
        for (Step step : steps) {
            now += step.waits();
            if (step.bytes() > 0) {
                published++;
                assertThat(ring.next()).isEqualTo(at(published));
                ring.add(published, step.bytes(), now);
            }
            Recovery<Long> found = ring.since(at(step.asks()), now);

            assertThat(found.latest()).isEqualTo(at(published));
            assertThat(ring.bytes()).isLessThanOrEqualTo(100);
            assertThat(ring.size()).isLessThanOrEqualTo(7);
            if (found.recovered()) {
                assertThat(step.asks()).isBetween(0L, published);
                List<Long> all =
                        LongStream.rangeClosed(step.asks() + 1, published).boxed().toList();
                assertThat(found.messages()).isEqualTo(all);
            } else {
                assertThat(found.messages()).isEmpty();
                assertThat(step.asks()).isNotEqualTo(published);
            }
        }
    }

    @Property
    void whatIsKeptIsRecovered(@ForAll("steps") List<Step> steps) {
        HistoryRing<Long> ring = ring(7, 1_000_000);
        List<Long> times = new ArrayList<>();
        long now = 0;
        for (Step step : steps) {
            now += step.waits();
            times.add(now);
            ring.add((long) times.size(), step.bytes(), now);
        }
        for (int after = Math.max(0, times.size() - 7); after < times.size(); after++) {
            boolean young = now - times.get(after) < TTL;

            assertThat(ring.since(at(after), now).recovered()).isEqualTo(young);
        }
    }

    @Example
    void anotherEpochAFutureOffsetAndNoPlaceRecoverNothing() {
        HistoryRing<Long> ring = ring(7, 100);
        ring.add(1L, 1, 0);

        assertThat(ring.since(new Position("other", 0), 0).recovered()).isFalse();
        assertThat(ring.since(at(2), 0).recovered()).isFalse();
        assertThat(ring.since(null, 0)).isEqualTo(Recovery.lost(at(1)));
        assertThat(ring.since(at(1), 0).recovered()).isTrue();
        assertThat(ring.since(at(0), 0).messages()).containsExactly(1L);
    }

    @Example
    void theNewestAreGivenInOrder() {
        HistoryRing<Long> ring = ring(3, 100);
        for (long i = 1; i <= 5; i++) {
            ring.add(i, 1, 0);
        }

        assertThat(ring.newest(2, 0)).containsExactly(4L, 5L);
        assertThat(ring.newest(9, 0)).containsExactly(3L, 4L, 5L);
        assertThat(ring.newest(9, TTL)).isEmpty();
        assertThat(ring.expire(TTL)).isTrue();
        assertThat(ring.latest()).isEqualTo(at(5));
    }
}
