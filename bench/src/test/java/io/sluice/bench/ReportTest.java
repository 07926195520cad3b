package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Report REPORT =
            new Report(Map.of(), List.of(new Footprint.Row("memory", "1 MiB", "2 MiB")), 3, 5);

    @Test
    void takesThePlaceOfAnOlderOneAndLeavesTheOtherChapters() {
        String old = "# Benchmarks\n\n| old |\n\n## Messages\n\n| kept |\n\n## Overload\n";
        assertThat(REPORT.page(old))
                .startsWith("# Benchmarks\n")
                .contains("| memory | 1 MiB | 2 MiB |")
                .doesNotContain("| old |")
                .endsWith("\n\n## Messages\n\n| kept |\n\n## Overload\n");
    }

    @Test
    void beginsAPageThatHasNone() {
        assertThat(REPORT.page("")).startsWith("# Benchmarks\n").doesNotContain("## ");
    }
}
