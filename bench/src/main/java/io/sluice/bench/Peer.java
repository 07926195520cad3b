package io.sluice.bench;

import io.sluice.bench.process.Commands;
import java.nio.file.Path;
import java.util.List;

/// One gateway under measurement.
///
/// @param name as in the report
/// @param config name of the configuration template, or empty when it needs none
/// @param command how to start it; `CONFIG` stands for the configuration file
/// @param warmSeconds how long it gets the measured load before the first counted round
record Peer(String name, String config, List<String> command, int warmSeconds) {

    static final String SLUICE = "sluice";
    static final String NGINX = "nginx";

    /// Enough for what a JIT compiles to stop changing.
    static final int WARM_JIT = 20;

    /// For the others: their pages and the kernel's buffers are there after the first second.
    static final int WARM = 5;

    /// @param root the checkout
    static List<Peer> all(Path root) {
        return List.of(
                new Peer(
                        NGINX,
                        "nginx.conf",
                        List.of("nginx", "-e", "/dev/null", "-c", "CONFIG", "-g", "daemon off;"),
                        WARM),
                new Peer("haproxy", "haproxy.cfg", List.of("haproxy", "-f", "CONFIG"), WARM),
                new Peer(
                        SLUICE,
                        "sluice.yaml",
                        List.of(root.resolve("sluice").toString(), "run", "--config", "CONFIG"),
                        WARM_JIT),
                new Peer(
                        "sluice, io_uring",
                        "sluice.yaml",
                        List.of(
                                root.resolve("sluice").toString(),
                                "run",
                                "--config",
                                "CONFIG",
                                "--set",
                                "transport=io_uring"),
                        WARM_JIT),
                new Peer(
                        "sluice, all filters",
                        "sluice-filters.yaml",
                        List.of(root.resolve("sluice").toString(), "run", "--config", "CONFIG"),
                        WARM_JIT),
                new Peer(
                        "spring cloud gateway",
                        "spring.yaml",
                        List.of(root.resolve("bench/spring/run.sh").toString(), "CONFIG"),
                        WARM_JIT));
    }

    boolean installed() {
        String program = command.getFirst();
        return program.contains("/")
                ? Path.of(program).toFile().canExecute()
                : Commands.installed(program);
    }
}
