package io.sluice.it.abuse;

import io.sluice.testkit.FreePorts;
import io.sluice.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// The gateway as a process of its own, with a small heap, whose memory, descriptors and output can be looked at.
public final class GatewayProcess implements AutoCloseable {
    private static final String JVM =
            "-Xms256m -Xmx256m -XX:MaxDirectMemorySize=128m -XX:+ExitOnOutOfMemoryError";

    private final FreePorts ports = new FreePorts();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path output;
    private final int port;

    /// Starts and waits until it serves.
    ///
    /// @param folder for the configuration and everything the process writes
    public GatewayProcess(Path folder, String yaml) throws IOException {
        port = ports.next();
        output = folder.resolve("output");
        Path config = Files.writeString(folder.resolve("gateway.yaml"), yaml);
        ProcessBuilder builder =
                new ProcessBuilder(
                                root().resolve("sluice").toString(),
                                "run",
                                "--config",
                                config.toString(),
                                "--set",
                                "frontend.http.host=127.0.0.1",
                                "--set",
                                "frontend.http.port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("SLUICE_JAVA_OPTS", JVM);
        process = builder.start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> text().contains("Sluice is ready") || !process.isAlive());
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.exists(folder.resolve("sluice")) ? folder : folder.resolveSibling("");
    }

    public int port() {
        return port;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// Ends it without a word to anybody (SIGKILL).
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Asks it to end (SIGTERM), and returns at once.
    public void terminate() {
        process.destroy();
    }

    RawClient connect() {
        return RawClient.connect(port);
    }

    /// Everything written to standard output and error so far, the access log too.
    public String text() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public String page(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .version(HttpClient.Version.HTTP_1_1)
                            .timeout(Duration.ofSeconds(60))
                            .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    double metric(String series) {
        return page("/metrics")
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }

    /// Heap that is in use once everything unreachable is gone, and direct memory, in bytes.
    double memory() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collection =
                new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!collection.waitFor(60, TimeUnit.SECONDS) || collection.exitValue() != 0) {
            throw new IllegalStateException("the collection did not run");
        }
        return metric("jvm_memory_heap_used_bytes") + metric("jvm_memory_direct_used_bytes");
    }

    @Override
    public void close() {
        client.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        ports.close();
    }
}
