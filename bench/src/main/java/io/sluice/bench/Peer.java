package io.sluice.bench;

import io.sluice.bench.process.Commands;
import java.nio.file.Path;
import java.util.List;

/// One gateway under measurement.
///
/// @param name as in the report
/// @param config name of the configuration template, or empty when it needs none
/// @param command how to start it; `CONFIG` stands for the configuration file
/// @param warmSeconds load before the first counted round; a JIT needs about 20
record Peer(String name, String config, List<String> command, int warmSeconds) {

    static final String SLUICE = "sluice";
    static final String NGINX = "nginx";

    /// @param root the checkout
    static List<Peer> all(Path root) {
        return List.of(
                new Peer(
                        NGINX,
                        "nginx.conf",
                        List.of("nginx", "-e", "/dev/null", "-c", "CONFIG", "-g", "daemon off;"),
                        1),
                new Peer("haproxy", "haproxy.cfg", List.of("haproxy", "-f", "CONFIG"), 1),
                new Peer(
                        SLUICE,
                        "sluice.yaml",
                        List.of(root.resolve("sluice").toString(), "run", "--config", "CONFIG"),
                        20),
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
                        20),
                new Peer(
                        "sluice, all filters",
                        "sluice-filters.yaml",
                        List.of(root.resolve("sluice").toString(), "run", "--config", "CONFIG"),
                        20),
                new Peer(
                        "spring cloud gateway",
                        "spring.yaml",
                        List.of(root.resolve("bench/spring/run.sh").toString(), "CONFIG"),
                        25));
    }

    boolean installed() {
        String program = command.getFirst();
        return program.contains("/")
                ? Path.of(program).toFile().canExecute()
                : Commands.installed(program);
    }
}
