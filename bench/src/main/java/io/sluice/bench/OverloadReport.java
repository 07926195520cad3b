package io.sluice.bench;

import io.sluice.bench.OpenLoop.Offered;
import io.sluice.bench.realtime.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table and the bars of one scene.
record OverloadReport(Scene scene, List<Storm> storms) {
    private static final double PERCENT = 100;
    private static final double WATCH_SECONDS = 0.5;

    Section section() {
        StringBuilder table =
                new StringBuilder(
                        """
                        | gateway | best, per s | goodput ÷ best (worst 5 s) | 503 + Retry-After | late | other errors | p99 of the good, ms | at half load before | normal again | goal |
                        |---|---|---|---|---|---|---|---|---|---|
                        """);
        List<Section.Bar> bars = new ArrayList<>();
        for (Storm storm : storms) {
            table.append(line(storm));
            bars.add(new Section.Bar("3 × best", storm.peer().name(), storm.share()));
        }
        return new Section(
                scene.id(), scene.title(), table.toString(), "goodput ÷ best, 1 is all", bars);
    }

    private static String line(Storm storm) {
        boolean ours = storm.peer().name().equals(Peer.SLUICE);
        double recovery = storm.recoverySeconds(WATCH_SECONDS);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f (%.2f) | %.0f %% | %.1f %% | %.1f %% | %.0f | %.0f | %s | %s |%n",
                ours ? "**" + storm.peer().name() + "**" : storm.peer().name(),
                storm.best(),
                storm.share(),
                storm.worstShare(),
                PERCENT * storm.part(Offered::refused),
                PERCENT * storm.part(Offered::late),
                PERCENT * storm.part(Offered::failed),
                storm.p99Millis(),
                storm.calm().p99Millis(),
                Double.isInfinite(recovery)
                        ? "not within 12 s"
                        : String.format(Locale.ROOT, "%.1f s", recovery),
                ours ? "≥ 0.80, ≤ 10 s" : "");
    }
}
