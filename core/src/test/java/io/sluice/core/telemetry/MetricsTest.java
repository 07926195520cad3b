package io.sluice.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = Metrics.unread();

    @Test
    void theSameNameAndLabelsAreTheSameMeter() {
        metrics.counters("things_total", "Things.", "kind").of("a").inc();
        metrics.counters("things_total", "Things.", "kind").of("a").add(2);
        metrics.counters("things_total", "Things.", "kind").of("b").inc();
        assertThat(metrics.counters("things_total", "Things.", "kind").of("a").value())
                .isEqualTo(3);
        assertThat(metrics.registry().scrape()).hasSize(1);
    }

    @Test
    void gaugesAndHistogramsFollowWhatHappens() {
        Level level = metrics.gauges("now", "Now.").of();
        level.set(4);
        level.inc();
        level.dec();
        Distribution sizes = metrics.histograms("sizes", "Sizes.", List.of(1.0, 10.0)).of();
        sizes.observe(5);
        assertThat(level.value()).isEqualTo(4);
        assertThat(metrics.registry().scrape().stream()).hasSize(2);
    }
}
