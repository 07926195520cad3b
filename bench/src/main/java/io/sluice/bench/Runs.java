package io.sluice.bench;

import io.sluice.bench.process.Cpu;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs one case: all peers up, warmed, then in turn for several rounds, so that a drift of the machine hits all alike.
final class Runs {
    private static final int GATEWAY_CORE = 0;
    private static final int LOAD_CORE = 1;
    private static final int PER = 100_000;

    private final int rounds;
    private final int seconds;
    private final List<String> headers;

    Runs(int rounds, int seconds, List<String> headers) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.headers = headers;
    }

    static int gatewayCore() {
        return GATEWAY_CORE;
    }

    /// One measured run.
    private record Sample(double cpuPer100k, double p99Millis, long failed) {}

    List<Figure> measure(Case row, List<Running> peers) {
        for (Running running : peers) {
            System.out.printf("  warming %s%n", running.peer().name());
            warm(row, running);
        }
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Running running : peers) {
                Sample sample = sample(row, running);
                samples.computeIfAbsent(running.peer().name(), name -> new ArrayList<>())
                        .add(sample);
                System.out.printf(
                        "  round %d/%d  %-22s %7.3f CPU-s per 100k, p99 %.2f ms%s%n",
                        round + 1,
                        rounds,
                        running.peer().name(),
                        sample.cpuPer100k(),
                        sample.p99Millis(),
                        sample.failed() > 0 ? ", FAILED " + sample.failed() : "");
            }
        }
        return figures(samples);
    }

    /// In runs as long as the measured ones: what happens at the end of a run, when all connections close at once, makes
    /// a JIT compile anew, and would otherwise be paid for in the first round.
    private void warm(Case row, Running running) {
        int warmSeconds = running.peer().warmSeconds() * row.load().warmRuns();
        for (int left = warmSeconds; left > 0; left -= seconds) {
            row.load().run(LOAD_CORE, seconds, running.url(row), headers);
        }
    }

    private Sample sample(Case row, Running running) {
        double before = Cpu.seconds(running.process().toHandle());
        Load.Result result = row.load().run(LOAD_CORE, seconds, running.url(row), headers);
        double used = Cpu.seconds(running.process().toHandle()) - before;
        return new Sample(
                used * PER / Math.max(1, result.requests()), result.p99Millis(), result.failed());
    }

    private static List<Figure> figures(Map<String, List<Sample>> samples) {
        List<Sample> base = samples.getOrDefault(Peer.NGINX, List.of());
        List<Figure> figures = new ArrayList<>();
        samples.forEach((peer, own) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < Math.min(base.size(), own.size()); i++) {
                ratios.add(own.get(i).cpuPer100k() / base.get(i).cpuPer100k());
            }
            figures.add(
                    new Figure(
                            peer,
                            median(own.stream().map(Sample::cpuPer100k).toList()),
                            median(ratios),
                            ratios.stream().min(Double::compare).orElse(Double.NaN),
                            ratios.stream().max(Double::compare).orElse(Double.NaN),
                            median(own.stream().map(Sample::p99Millis).toList()),
                            own.stream().mapToLong(Sample::failed).sum()));
        });
        return figures;
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
