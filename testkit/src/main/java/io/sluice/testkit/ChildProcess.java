package io.sluice.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A server that runs as a child of the test's JVM, signalled by its id, and killed when that JVM ends.
final class ChildProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> command;
    private final Path folder;
    private final Thread atExit = new Thread(this::kill);
    private @Nullable Process process;

    ChildProcess(List<String> command, Path folder) {
        this.command = List.copyOf(command);
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// A new folder below `target/`.
    static Path folder(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
            return Files.createTempDirectory(parent, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void start() {
        try {
            File output = folder.resolve("output.log").toFile();
            process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady(BooleanSupplier ready) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ready.getAsBoolean()) {
            if (!running().isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        command.getFirst() + " did not start:\n" + output());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /// Waits for a process that ends by itself, and well.
    void awaitEnd() {
        try {
            if (!running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    || running().exitValue() != 0) {
                throw new IllegalStateException(command + " failed:\n" + output());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return running().pid();
    }

    synchronized void kill() {
        if (process == null || !process.isAlive()) {
            return;
        }
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(process.pid() + " cannot be killed");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void signal(String name) {
        try {
            List<String> kill = List.of("kill", "-" + name, Long.toString(pid()));
            if (new ProcessBuilder(kill).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("cannot send SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private synchronized Process running() {
        return Objects.requireNonNull(process, "not started");
    }
}
