package io.sluice.it;

import io.sluice.app.wiring.Gateway;
import io.sluice.app.wiring.StartOptions;
import io.sluice.testkit.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Starts whole gateways for one test and stops them after it; a buffer that leaked meanwhile fails the test.
///
/// ```java
/// @RegisterExtension final GatewayExtension gateways = new GatewayExtension();
///
/// RunningGateway gateway = gateways.start("""
///         gateway:
///           router: ...
///         """);
/// gateway.get("/api/example/x")
/// ```
///
/// Whatever the text says, the main listener is on a free loopback port and the access log goes to a file of its own
/// ([RunningGateway#accessLog]).
public final class GatewayExtension implements BeforeEachCallback, AfterEachCallback {
    private final List<RunningGateway> running = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    /// A gateway with this configuration, ready.
    ///
    /// @param settings `key=value` on top of the text, such as `loops=1`
    public RunningGateway start(String yaml, String... settings) {
        return start(file(yaml), settings);
    }

    /// A gateway with the built-in default configuration, ready.
    public RunningGateway startDefault(String... settings) {
        return start((Path) null, settings);
    }

    /// A new file that is deleted after the test.
    public Path file(String yaml) {
        try {
            Path file = Files.createTempFile("sluice-it-", ".yaml");
            files.add(file);
            return Files.writeString(file, yaml);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private RunningGateway start(@Nullable Path file, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("frontend.http.host=127.0.0.1");
        all.add("frontend.http.port=0");
        Path accessLog = file("");
        all.add("accessLog.target=" + accessLog);
        Gateway gateway =
                Gateway.start(new StartOptions(file == null ? null : file.toString(), all));
        RunningGateway started = new RunningGateway(gateway, file, accessLog);
        running.add(started);
        return started;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        List<String> _ = LeakCheck.found();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        running.reversed().forEach(RunningGateway::close);
        running.clear();
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        List<String> leaks = LeakCheck.found();
        if (!leaks.isEmpty()) {
            throw new AssertionError(
                    leaks.size() + " leaked buffers:\n" + String.join("\n\n", leaks));
        }
    }
}
