package io.sluice.edge.filter.access;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class AllowanceTest {
    private static final long SECOND = 1_000_000_000L;

    @Property
    void givesSoManyAtOnceAndAsManyASecond(@ForAll long start) {
        Allowance allowance = new Allowance(40, start);

        assertThat(taken(allowance, start, 1000)).isEqualTo(40);
        assertThat(taken(allowance, start + SECOND / 2, 1000)).isEqualTo(20);
        assertThat(taken(allowance, start + SECOND / 2 + SECOND, 1000)).isEqualTo(40);
    }

    @Property
    void savesNoMoreThanOneSecond(@ForAll @LongRange(min = 1, max = 1000) long seconds) {
        Allowance allowance = new Allowance(40, 0);

        assertThat(taken(allowance, seconds * SECOND, 1000)).isEqualTo(40);
    }

    private static int taken(Allowance allowance, long now, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += allowance.take(now) ? 1 : 0;
        }
        return taken;
    }
}
