package io.sluice.proxy.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.proxy.upstream.discovery.HealthCheckConfig.Pace;
import io.sluice.proxy.upstream.discovery.OutlierConfig;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HealthRulesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Pace pace(int healthy, int unhealthy) {
        return new Pace(SECOND, SECOND, SECOND, healthy, unhealthy);
    }

    @Property
    void theVerdictChangesExactlyWhenEnoughChecksInARowDisagree(
            @ForAll @Size(max = 100) List<Boolean> results,
            @ForAll @IntRange(min = 1, max = 5) int healthy,
            @ForAll @IntRange(min = 1, max = 5) int unhealthy) {
        CheckState state = new CheckState();
        boolean well = true;
        int row = 0;
        for (boolean passed : results) {
            boolean before = well;
            row = passed == well ? 0 : row + 1;
            if (row == (well ? unhealthy : healthy)) {
                well = passed;
                row = 0;
            }
            assertThat(state.observe(passed, pace(healthy, unhealthy))).isEqualTo(before != well);
            assertThat(state.well()).isEqualTo(well);
            assertThat(state.suspect()).isEqualTo(!well || row > 0);
        }
    }

    @Property
    void ejectionsGrowWithTheirNumberAndNeverPassTheLimit(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 400) Integer> quietSeconds) {
        OutlierConfig config =
                new OutlierConfig(true, 5, Duration.ofSeconds(30), Duration.ofSeconds(100), 50);
        Ejection ejection = new Ejection();
        long now = 0;
        for (int quiet : quietSeconds) {
            int timesBefore = ejection.times();
            now += Duration.ofSeconds(quiet).toNanos();
            ejection.eject(now, config);
            assertThat(ejection.times())
                    .isEqualTo(Math.max(0, timesBefore - (timesBefore > 0 ? quiet / 30 : 0)) + 1);
            long lasts = Math.min(30L * ejection.times(), 100);
            assertThat(ejection.expire(now + Duration.ofSeconds(lasts).toNanos() - 1)).isFalse();
            now += Duration.ofSeconds(lasts).toNanos();
            assertThat(ejection.expire(now)).isTrue();
            assertThat(ejection.out()).isFalse();
        }
    }

    @Test
    void anEjectionEndsOnce() {
        Ejection ejection = new Ejection();
        ejection.eject(0, OutlierConfig.DEFAULT);
        assertThat(ejection.out()).isTrue();
        assertThat(ejection.expire(Duration.ofSeconds(30).toNanos())).isTrue();
        assertThat(ejection.expire(Duration.ofSeconds(31).toNanos())).isFalse();
    }
}
