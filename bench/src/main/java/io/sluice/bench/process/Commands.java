package io.sluice.bench.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starting other programs, pinned to a core.
public final class Commands {
    private Commands() {}

    /// Whether a program is on the path.
    public static boolean installed(String program) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /// Starts a program on one core; it ends with this process at the latest.
    ///
    /// @param log takes what it prints
    public static Process start(int core, Path log, List<String> command) {
        return start(
                new ProcessBuilder(pinned(core, command))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .redirectInput(new File("/dev/null")));
    }

    /// The same for a program to talk with: input and output are pipes.
    ///
    /// @param log takes its errors
    public static Process converse(int core, Path log, List<String> command) {
        return start(new ProcessBuilder(pinned(core, command)).redirectError(log.toFile()));
    }

    private static Process start(ProcessBuilder builder) {
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (old, more) -> old + ":" + more);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a program on one core to its end and gives what it printed.
    public static String run(int core, int limitSeconds, List<String> command) {
        try {
            Path log = Files.createTempFile("bench", ".log");
            Process process = start(core, log, command);
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                stop(process);
            }
            String printed = Files.readString(log, StandardCharsets.UTF_8);
            Files.delete(log);
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Ends a program and all it has started, by force when that takes longer than five seconds.
    public static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(slow -> process.destroyForcibly())
                .join();
    }

    private static List<String> pinned(int core, List<String> command) {
        List<String> all = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        all.addAll(command);
        return all;
    }
}
