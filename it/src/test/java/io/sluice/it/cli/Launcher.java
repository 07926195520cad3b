package io.sluice.it.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts `./sluice` as a process of its own.
final class Launcher {
    private static final int LIMIT_SECONDS = 60;

    private final Path folder;

    /// @param folder for the output of the processes
    Launcher(Path folder) {
        this.folder = folder;
    }

    /// What a finished command left.
    record Result(int exitCode, List<String> out, List<String> err) {}

    /// Runs a command to its end.
    Result run(String... arguments) throws InterruptedException {
        return end(start(arguments));
    }

    /// Starts a command that goes on.
    Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(root().resolve("sluice").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GATEWAY_"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the end of a command; kills it after a minute.
    Result end(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(
                    "still running after " + LIMIT_SECONDS + " s: " + lines("out"));
        }
        return new Result(process.exitValue(), lines("out"), lines("err"));
    }

    /// Lines printed so far to `out` or `err`.
    List<String> lines(String stream) {
        try {
            return Files.readAllLines(folder.resolve(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.exists(folder.resolve("sluice")) ? folder : folder.resolveSibling("");
    }
}
