package io.sluice.bench.realtime;

import io.sluice.bench.process.Pause;
import io.sluice.bench.realtime.Broadcast.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures a case about broadcasts: all servers up, joined and warm, then in turn, round by round.
///
/// @param seconds of load in each phase of a round
record BroadcastRuns(Programs programs, int rounds, int seconds) {
    private static final double PER = 1_000_000;
    private static final int SETTLE_MILLIS = 1000;

    /// Warm in several runs of every phase: a JIT compiles anew what the end of a run shows it.
    private static final int WARM_RUNS = 4;

    /// What one server did in one phase, a value for every round.
    record Samples(List<Double> cpu, List<Double> p50, List<Double> p99, List<Double> wrong) {
        static Samples none() {
            return new Samples(
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    Section measure(Broadcast row) {
        Map<Phase, Map<String, Samples>> samples = new LinkedHashMap<>();
        try (Field field = Field.enter(programs, row.contestants(), row.terms())) {
            field.each(entry -> ready(row, entry));
            for (int round = 0; round < rounds; round++) {
                for (Phase phase : row.phases()) {
                    Map<String, Samples> own =
                            samples.computeIfAbsent(phase, any -> new LinkedHashMap<>());
                    field.each(entry ->
                            sample(
                                    phase,
                                    entry,
                                    own.computeIfAbsent(
                                            entry.contestant().name(), name -> Samples.none())));
                }
            }
        }
        return new BroadcastReport(row, samples).section();
    }

    private static void ready(Broadcast row, Field.Entry entry) {
        System.out.printf("  joining and warming %s%n", entry.contestant().name());
        entry.client().ask("open " + row.members());
        Pause.millis(SETTLE_MILLIS);
        int share = Math.max(1, entry.contestant().warmSeconds() / WARM_RUNS);
        for (int run = 0; run < WARM_RUNS; run++) {
            for (Phase phase : row.phases()) {
                entry.client().ask(phase.load() + " " + Math.max(1, share / row.phases().size()));
            }
        }
    }

    private void sample(Phase phase, Field.Entry entry, Samples samples) {
        Meter meter = Meter.start(entry.server());
        Answer answer = entry.client().ask(phase.load() + " " + seconds);
        Meter.Used used = meter.stop();
        double cpu = used.server() * PER / Math.max(1, answer.number("deliveries"));
        samples.cpu().add(cpu);
        samples.p50().add(answer.p50Millis());
        samples.p99().add(answer.p99Millis());
        samples.wrong().add(answer.number("wrong"));
        System.out.printf(
                Locale.ROOT,
                "  %-24s %-22s %7.3f CPU-s per million, %9.0f deliveries/s, p50 %.2f ms, p99 %.2f ms%s%s%n",
                entry.contestant().name(),
                phase.title(),
                cpu,
                answer.number("deliveries") / answer.number("seconds"),
                answer.p50Millis(),
                answer.p99Millis(),
                answer.number("wrong") > 0
                        ? ", WRONG COUNT at " + (long) answer.number("wrong")
                        : "",
                used.remark());
    }
}
