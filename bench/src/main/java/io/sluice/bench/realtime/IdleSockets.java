package io.sluice.bench.realtime;

import io.sluice.bench.process.Heap;
import io.sluice.bench.process.Pause;
import io.sluice.bench.realtime.Contestant.Talk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Memory of an idle WebSocket: the slope between few and many, each identified and member of a group of ten.
record IdleSockets(Programs programs) {
    static final String ID = "idle-sockets";

    private static final int FEW = 2000;
    private static final int MANY = 18_000;
    private static final int PER_ROOM = 10;
    private static final int SETTLE_MILLIS = 3000;

    /// KiB in all.
    private record Memory(long resident, long heap) {}

    /// KiB of one socket.
    private record Slope(String server, double resident, double heap) {}

    Section measure() {
        List<Slope> slopes = new ArrayList<>();
        for (Contestant contestant :
                List.of(Contestants.SLUICE, Contestants.WS, Contestants.SOCKET_IO)) {
            Field.Terms terms = new Field.Terms(Talk.ROOMS, 1, PER_ROOM);
            try (Field field = Field.enter(programs, List.of(contestant), terms)) {
                field.each(entry -> slopes.add(slope(entry)));
            }
        }
        return section(slopes);
    }

    /// Opens the few twice: the first time pays for what a server allocates once.
    private static Slope slope(Field.Entry entry) {
        entry.client().ask("open " + FEW);
        entry.client().ask("close");
        Pause.millis(SETTLE_MILLIS);
        Memory few = open(entry, FEW);
        Memory many = open(entry, MANY);
        double sockets = MANY - FEW;
        Slope slope =
                new Slope(
                        entry.contestant().name(),
                        (many.resident() - few.resident()) / sockets,
                        (many.heap() - few.heap()) / sockets);
        System.out.printf(
                Locale.ROOT,
                "  %-12s %.2f KiB resident, %.2f KiB heap each (%d MiB resident in all)%n",
                slope.server(),
                slope.resident(),
                slope.heap(),
                many.resident() / 1024);
        return slope;
    }

    private static Memory open(Field.Entry entry, int count) {
        entry.client().ask("open " + count);
        Pause.millis(SETTLE_MILLIS);
        boolean ours = entry.contestant().name().equals(Contestants.OURS);
        long heap = ours ? Heap.usedKib(entry.server().nodes().getFirst()) : 0;
        return new Memory(entry.server().residentKib(), heap);
    }

    private static Section section(List<Slope> slopes) {
        StringBuilder table =
                new StringBuilder(
                        """
                        | server | resident KiB each | heap KiB each | goal |
                        |---|---|---|---|
                        """);
        List<Section.Bar> bars = new ArrayList<>();
        for (Slope slope : slopes) {
            boolean ours = slope.server().equals(Contestants.OURS);
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.2f | %s | %s |%n",
                            ours ? "**" + slope.server() + "**" : slope.server(),
                            slope.resident(),
                            ours ? String.format(Locale.ROOT, "%.2f", slope.heap()) : "–",
                            ours ? "≤ 3.5 resident, ≤ 2.0 heap" : ""));
            bars.add(new Section.Bar("resident", slope.server(), slope.resident()));
        }
        return new Section(
                ID,
                "memory of an idle WebSocket, slope from 2,000 to 18,000",
                table.toString(),
                "KiB each",
                bars);
    }
}
