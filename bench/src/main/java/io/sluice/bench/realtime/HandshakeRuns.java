package io.sluice.bench.realtime;

import io.sluice.bench.process.Pause;
import io.sluice.bench.realtime.Contestant.Talk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Handshakes with a token: the first 1,000 after the start, and warm ones; each connection is reset when it is open.
record HandshakeRuns(Programs programs, int rounds, int seconds) {
    static final String ID = "ws-handshakes";

    private static final int FIRST = 1000;
    private static final int ENOUGH = 100_000_000;
    private static final int SETTLE_MILLIS = 3000;
    private static final double PER = 1000;

    /// @param first CPU-seconds of the first 1,000 handshakes
    /// @param warm CPU-seconds per 1,000, for every round
    private record Cost(double first, List<Double> warm, List<Double> p99) {}

    Section measure() {
        Map<String, Cost> costs = new LinkedHashMap<>();
        Field.Terms terms = new Field.Terms(Talk.HANDSHAKES, 1, 1);
        List<Contestant> contestants = List.of(Contestants.WS, Contestants.SLUICE_CHAT);
        try (Field field = Field.enter(programs, contestants, terms)) {
            Pause.millis(SETTLE_MILLIS);
            field.each(entry -> {
                double first = cost(entry, FIRST, seconds).cpu();
                cost(entry, ENOUGH, entry.contestant().warmSeconds());
                costs.put(
                        entry.contestant().name(),
                        new Cost(first, new ArrayList<>(), new ArrayList<>()));
            });
            for (int round = 0; round < rounds; round++) {
                field.each(entry -> sample(entry, costs));
            }
        }
        return section(costs);
    }

    private void sample(Field.Entry entry, Map<String, Cost> costs) {
        Cost own = costs.get(entry.contestant().name());
        Shaken shaken = cost(entry, ENOUGH, seconds);
        if (own != null) {
            own.warm().add(shaken.cpu());
            own.p99().add(shaken.p99Millis());
        }
        System.out.printf(
                Locale.ROOT,
                "  %-12s %8.0f handshakes per CPU-second, p99 %.2f ms%n",
                entry.contestant().name(),
                PER / shaken.cpu(),
                shaken.p99Millis());
    }

    /// @param cpu seconds per 1,000 handshakes
    private record Shaken(double cpu, double p99Millis) {}

    private static Shaken cost(Field.Entry entry, int most, int seconds) {
        Meter meter = Meter.start(entry.server());
        Answer answer = entry.client().ask("shake " + most + " " + seconds);
        double used = meter.stop().server();
        return new Shaken(
                used * PER / Math.max(1, answer.number("handshakes")), answer.p99Millis());
    }

    private static Section section(Map<String, Cost> costs) {
        StringBuilder table =
                new StringBuilder(
                        """
                        | server | warm, per CPU-second | cost ÷ ws | p99 ms | first 1,000, CPU-s | ÷ warm | goal |
                        |---|---|---|---|---|---|---|
                        """);
        List<Section.Bar> bars = new ArrayList<>();
        Cost ws = costs.get(Contestants.WS.name());
        List<Double> yardstick = ws == null ? List.of() : ws.warm();
        costs.forEach((server, own) -> {
            boolean ours = server.equals(Contestants.OURS);
            double warm = Spread.of(own.warm()).median();
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %,.0f | %s | %.2f | %.2f | %.1f | %s |%n",
                            ours ? "**" + server + "**" : server,
                            PER / warm,
                            Spread.ratios(own.warm(), yardstick),
                            Spread.of(own.p99()).median(),
                            own.first() * FIRST / PER,
                            own.first() / warm,
                            ours ? "warm ≤ 1.0, first ≤ 2" : ""));
            bars.add(new Section.Bar("warm", server, warm));
            bars.add(new Section.Bar("first 1,000", server, own.first()));
        });
        return new Section(
                ID,
                "WebSocket handshakes with a token (HS256)",
                table.toString(),
                "CPU-seconds per 1,000",
                bars);
    }
}
