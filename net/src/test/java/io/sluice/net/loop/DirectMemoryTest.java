package io.sluice.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DirectMemoryTest {
    private static final long MOST = 1000;

    @Test
    void halfOfTheMemoryIsForAll() {
        assertThat(DirectMemory.allowance(64, 0, MOST)).isEqualTo(64);
        assertThat(DirectMemory.allowance(64, 500, MOST)).isEqualTo(64);
        assertThat(DirectMemory.allowance(64, 875, MOST)).isZero();
        assertThat(DirectMemory.allowance(64, 2000, MOST)).isZero();
    }

    @Property
    void theMoreIsTakenTheLessIsAllowed(
            @ForAll @LongRange(min = 0, max = 1 << 30) long bytes,
            @ForAll @LongRange(min = 0, max = 999) long used) {
        assertThat(DirectMemory.allowance(bytes, used + 1, MOST))
                .isBetween(0L, DirectMemory.allowance(bytes, used, MOST));
    }
}
