package io.sluice.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.FreePorts;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawHttp2;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalsIT {
    @AutoClose private final FreePorts ports = new FreePorts();
    @AutoClose private final HttpClient client = HttpClient.newHttpClient();
    @AutoClose private final OriginServer origin = OriginServer.start("one");

    @TempDir private Path folder;
    private Path file;
    private int port;
    private Process gateway;

    @BeforeEach
    void start() throws Exception {
        port = ports.next();
        file = folder.resolve("gateway.yaml");
        write("/old");
        gateway = new Launcher(folder).start("run", "--config", file.toString());
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> status("/ready") == 200);
    }

    @AfterEach
    void kill() {
        gateway.destroyForcibly();
    }

    @Test
    void hangUpReloadsTheConfiguration() throws Exception {
        assertThat(status("/old")).isEqualTo(200);
        write("/new");

        signal("HUP");

        await().until(() -> status("/new") == 200);
        assertThat(status("/old")).isEqualTo(404);
        assertThat(gateway.isAlive()).isTrue();
    }

    @Test
    void anHttp2ClientHearsGoAwayItsStreamFinishesAndTheProcessExits() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        origin.otherwise((request, reply) -> {
            awaitQuietly(release);
            OriginHandlers.json(200, "{}").handle(request, reply);
        });
        try (RawHttp2 h2 = new RawHttp2(port)) {
            h2.settings().headers(1, RawHttp2.get("/old")).send();
            await().until(() -> !origin.seen().isEmpty());

            signal("TERM");

            h2.await(RawHttp2.GOAWAY);
            assertThat(gateway.isAlive()).isTrue();
            release.countDown();
            assertThat(h2.decode(h2.await(RawHttp2.HEADERS))).containsEntry(":status", "200");
            assertThat(h2.await(RawHttp2.DATA).endsStream()).isTrue();
        }
        assertThat(gateway.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.exitValue()).isZero();
    }

    private static void awaitQuietly(CountDownLatch release) throws IOException {
        try {
            if (!release.await(30, TimeUnit.SECONDS)) {
                throw new IOException("never released");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSecondSignalDoesNotWaitForTheDrain() throws Exception {
        origin.otherwise(OriginHandlers.stall());
        HttpRequest request = HttpRequest.newBuilder(uri("/old")).build();
        var stuck = client.sendAsync(request, BodyHandlers.discarding());
        await().until(() -> !origin.seen().isEmpty());

        signal("TERM");
        await().ignoreExceptionsInstanceOf(IOException.class).until(() -> !accepts());
        assertThat(gateway.isAlive()).isTrue();
        signal("TERM");

        assertThat(gateway.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.exitValue()).isEqualTo(1);
        assertThat(stuck.handle((_, thrown) -> thrown).get(30, TimeUnit.SECONDS)).isNotNull();
    }

    private boolean accepts() throws InterruptedException {
        try (HttpClient fresh = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri("/live")).build();
            return fresh.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException refused) {
            return false;
        }
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(gateway.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private int status(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private void write(String path) throws IOException {
        Files.writeString(
                file,
                """
                gateway:
                  frontend: {http: {host: 127.0.0.1, port: %d}}
                  health: {enabled: true}
                  registry:
                    static:
                      services:
                        - {name: s, instances: [{address: 127.0.0.1, port: %d}]}
                  router:
                    rules:
                      - {id: r, path: %s, serviceName: s}
                """
                        .formatted(port, origin.port(), path));
    }
}
