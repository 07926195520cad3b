package io.sluice.bench.realtime;

import io.sluice.bench.realtime.Broadcast.Phase;
import io.sluice.bench.realtime.BroadcastRuns.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The table and the bars of a case about broadcasts.
record BroadcastReport(Broadcast row, Map<Phase, Map<String, Samples>> samples) {

    Section section() {
        String base = row.contestants().getFirst().name();
        StringBuilder table =
                new StringBuilder(
                        """
                        | load | server | CPU-s per million | ÷ %s | p50 ms | p99 ms | p99 ÷ %s | goal |
                        |---|---|---|---|---|---|---|---|
                        """
                                .formatted(base, base));
        List<Section.Bar> bars = new ArrayList<>();
        samples.forEach((phase, servers) -> {
            Samples yardstick = servers.getOrDefault(base, Samples.none());
            servers.forEach((server, own) -> {
                table.append(line(phase, server, own, yardstick));
                bars.add(
                        new Section.Bar(
                                phase.title(),
                                server,
                                Spread.ratios(own.cpu(), yardstick.cpu()).median()));
            });
        });
        return new Section(
                row.id(), row.title(), table.toString(), "CPU a delivery ÷ " + base, bars);
    }

    private static String line(Phase phase, String server, Samples own, Samples yardstick) {
        boolean ours = server.equals(Contestants.OURS);
        double wrong = own.wrong().stream().mapToDouble(Double::doubleValue).sum();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.3f | %s | %.2f | %.2f | %s | %s%s |%n",
                phase.title(),
                ours ? "**" + server + "**" : server,
                Spread.of(own.cpu()).median(),
                Spread.ratios(own.cpu(), yardstick.cpu()),
                Spread.of(own.p50()).median(),
                Spread.of(own.p99()).median(),
                Spread.ratios(own.p99(), yardstick.p99()),
                ours ? phase.goal() : "",
                wrong > 0 ? ", wrong count" : "");
    }
}
