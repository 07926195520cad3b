package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Turns the figures into `docs/benchmarks.md` and its chart.
///
/// @param results cases in the order they were measured
record Report(
        Map<Case, List<Figure>> results, List<Footprint.Row> footprint, int rounds, int seconds) {

    /// Writes `benchmarks.md` and `benchmarks.svg` into the folder; other chapters of the page stay as they are.
    void write(Path docs) throws IOException {
        Files.createDirectories(docs);
        Path file = docs.resolve("benchmarks.md");
        String old = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, page(old));
        Chart.write(results, docs.resolve("benchmarks.svg"));
    }

    /// The page with this report in the place of an older one.
    String page(String old) {
        int others = old.indexOf("\n## ");
        return others < 0 ? page() : page() + old.substring(others);
    }

    private String page() {
        return """
        # Benchmarks

        Written by `make bench`. Every number is a ratio within one run on one machine; absolute times of another
        machine would say something else.

        ![CPU time a request, as a ratio to nginx](benchmarks.svg)

        **Method.** Each gateway is pinned to one core with one worker or loop; client and origin share the other
        core. All gateways of a case run at the same time and are measured in turn for %d rounds of %d seconds, after
        a warm-up with the same load: %d seconds for programs that a JIT compiles, %d for the others,
        and twice that for handshakes, of which there are fewer in a second. The figure is user and system CPU time of the gateway's process per 100,000 requests, from `/proc`;
        the ratio is taken round by round against nginx and given as median (lowest–highest).
        Client: wrk with 64 keep-alive connections, ab for handshakes, h2load with 32 connections of 16 streams.

        **Machine.** %s. Measured %s.

        %s
        """
                .formatted(
                        rounds,
                        seconds,
                        Peer.WARM_JIT,
                        Peer.WARM,
                        Machine.describe(),
                        LocalDate.now(ZoneOffset.UTC),
                        table());
    }

    /// The table in Markdown.
    String table() {
        StringBuilder text =
                new StringBuilder(
                        """
                        | case | gateway | CPU-s per 100k | ÷ nginx | goal | p99 ms |
                        |---|---|---|---|---|---|
                        """);
        results.forEach(
                (row, figures) -> figures.forEach(figure -> text.append(line(row, figure))));
        if (!footprint.isEmpty()) {
            text.append("\n| memory | measured | goal |\n|---|---|---|\n");
            footprint.forEach(row ->
                    text.append(
                            "| %s | %s | %s |%n".formatted(row.what(), row.value(), row.goal())));
        }
        return text.toString();
    }

    private static String line(Case row, Figure figure) {
        boolean ours = figure.peer().startsWith(Peer.SLUICE);
        String p99 = figure.p99Millis() > 0 ? "%.2f".formatted(figure.p99Millis()) : "–";
        return "| %s | %s | %.3f | %.2f (%.2f–%.2f) | %s | %s%s |%n"
                .formatted(
                        row.title(),
                        ours ? "**" + figure.peer() + "**" : figure.peer(),
                        figure.cpuPer100k(),
                        figure.ratio(),
                        figure.ratioLow(),
                        figure.ratioHigh(),
                        ours ? "≤ " + row.goal() : "",
                        p99,
                        figure.failed() > 0 ? ", " + figure.failed() + " failed" : "");
    }

    /// What the figures were measured on.
    static final class Machine {
        private Machine() {}

        static String describe() {
            try {
                List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
                long cores = lines.stream().filter(line -> line.startsWith("processor")).count();
                String model =
                        lines.stream()
                                .filter(line -> line.startsWith("model name"))
                                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                                .findFirst()
                                .orElse("unknown processor");
                return "%s, %d cores, %s %s, JDK %s"
                        .formatted(
                                model,
                                cores,
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                Runtime.version());
            } catch (IOException e) {
                return "unknown machine";
            }
        }
    }
}
