package io.sluice.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.cli.Launcher.Result;
import io.sluice.testkit.FreePorts;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineIT {
    @AutoClose private final FreePorts ports = new FreePorts();

    @TempDir private Path folder;
    private Launcher sluice;

    @BeforeEach
    void launcher() {
        sluice = new Launcher(folder);
    }

    @Test
    void theVersionIsOneLineAndNothingWarns() throws Exception {
        Result result = sluice.run("version");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).hasSize(1).first().asString().startsWith("Sluice ");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void checkFindsNothingWrongWithTheBuiltInConfiguration() throws Exception {
        Result result = sluice.run("check");

        assertThat(result.out()).last().asString().startsWith("ok: ");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void routesPrintsATable() throws Exception {
        Result result = sluice.run("routes");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .first()
                .asString()
                .matches("ID +METHODS +HOSTS +PATH +SERVICE +BALANCE");
        assertThat(result.out()).anyMatch(line -> line.contains("/api/example/"));
    }

    @Test
    void everyMistakeIsReportedWithItsLineAndStopsTheStart() throws Exception {
        Path file =
                config(
                        """
                        gateway:
                          frontend:
                            http:
                              port: eighty
                          ruoter:
                            rules: []
                          telemetry: {enabled: true}
                        """);

        Result check = sluice.run("check", "--config", file.toString());
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.out())
                .anyMatch(line -> line.startsWith(file + ":4: "))
                .anyMatch(line -> line.startsWith(file + ":5: ") && line.contains("router"));

        Result run = sluice.run("run", "--config", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .anyMatch(line -> line.startsWith(file + ":4: "))
                .anyMatch(line -> line.startsWith(file + ":5: "))
                .anyMatch(line -> line.startsWith("warning: " + file + ":7: "));
    }

    @Test
    void aMissingFileIsAMistakeOfTheConfiguration() throws Exception {
        Result result = sluice.run("run", "--config", folder.resolve("none.yaml").toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).hasSize(1).first().asString().contains("none.yaml");
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Result result = sluice.run("run", "--set", port(taken.getLocalPort()));

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("gateway.frontend.http: cannot listen on ")
                    .endsWith(":" + taken.getLocalPort() + ": the port is in use");
        }
    }

    @Test
    void aLogLevelThatDoesNotExistIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = port(taken.getLocalPort());
            Result result = sluice.run("run", "--log-level", "loud", "--set", port);

            assertThat(result.out())
                    .anyMatch(line -> line.contains("No such log level") && line.contains("loud"));
        }
    }

    @Test
    void itServesUntilItIsToldToStop() throws Exception {
        int port = ports.next();
        Process gateway = sluice.start("run", "--set", port(port));
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> status(client, port, "/ready") == 200);

            assertThat(status(client, port, "/api/example/hello")).isEqualTo(200);
        } finally {
            gateway.destroy();
        }

        Result result = sluice.end(gateway);
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(String.join("\n", result.out())).contains(String.valueOf(port));
    }

    private Path config(String yaml) throws IOException {
        return Files.writeString(folder.resolve("gateway.yaml"), yaml);
    }

    private static String port(int port) {
        return "frontend.http.port=" + port;
    }

    private static int status(HttpClient client, int port, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
