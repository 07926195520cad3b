package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.time.Ticker;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import io.sluice.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Scenario S16: the nginx configuration that is shipped, with the nginx of this machine; skipped where there is none.
class RtNginxIT {
    private static final Path SHIPPED = Path.of("..", "deploy", "nginx");
    private static final List<String> PLACES =
            List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx");

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();
    @AutoClose private final FreePorts ports = new FreePorts();
    private final TestCertificates authority = TestCertificates.authority("Test authority");
    private final int clear = ports.next();
    private final int secure = ports.next();
    @TempDir private Path folder;
    private String binary = "";
    private @Nullable Process nginx;

    @BeforeEach
    void find() {
        binary =
                PLACES.stream()
                        .filter(place -> Files.isExecutable(Path.of(place)))
                        .findFirst()
                        .orElse("");
        assumeTrue(!binary.isEmpty(), "nginx is not installed");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private RunningGateway start(String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("trustedProxies=127.0.0.1");
        RunningGateway gateway =
                gateways.start(
                        Files.readString(SHIPPED.resolve("gateway.yaml")),
                        all.toArray(String[]::new));
        TestCertificates.Identity identity = authority.server("localhost");
        Files.createDirectories(folder.resolve("certs"));
        Files.writeString(folder.resolve("certs/fullchain.pem"), identity.certificatePem());
        Files.writeString(folder.resolve("certs/privkey.pem"), identity.privateKeyPem());
        Files.writeString(
                folder.resolve("upstream.conf"),
                Files.readString(SHIPPED.resolve("upstream.conf"))
                        .replace("gateway:8080", "127.0.0.1:" + gateway.port()));
        Files.writeString(
                folder.resolve("nginx.conf"),
                Files.readString(SHIPPED.resolve("nginx.conf"))
                        .replace("listen 80;", "listen 127.0.0.1:" + clear + ";")
                        .replace("listen 443 ssl", "listen 127.0.0.1:" + secure + " ssl")
                        .replace("proxy_read_timeout 75s", "proxy_read_timeout 8s"));
        assertThat(run("-t").waitFor()).as(Files.readString(folder.resolve("out"))).isZero();
        nginx = run("-g", "daemon off; pid " + folder.resolve("nginx.pid") + ";");
        await().until(this::accepts);
        return gateway;
    }

    private Process run(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                binary,
                                "-e",
                                "stderr",
                                "-p",
                                folder.toString(),
                                "-c",
                                folder.resolve("nginx.conf").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private boolean accepts() {
        try (RawClient client = tls()) {
            return client.socket().isConnected();
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private RawClient tls() {
        return RawClient.connectTls(
                secure, authority.context(null), "localhost", List.of("http/1.1"));
    }

    @Test
    void s16ServesWebSocketsAndPagesOverTls() throws Exception {
        RunningGateway gateway = start();
        try (RawWebSocket socket = RawWebSocket.over(tls(), "/rt")) {
            assertThat(socket.readText()).startsWith("{\"type\":\"ready\"");
        }
        try (RawClient client = tls()) {
            client.request("GET /health HTTP/1.1");
            assertThat(client.response().status()).isEqualTo(200);
        }
        try (RawClient client = RawClient.connect(clear)) {
            client.request("GET /health HTTP/1.1");
            assertThat(client.response().status()).isEqualTo(301);
        }
        try (RawWebSocket socket =
                RawWebSocket.open(clear, "/rt", "X-Forwarded-For: 203.0.113.9")) {
            assertThat(socket.readText()).startsWith("{\"type\":\"ready\"");
        }
        await().until(() ->
                gateway.accessLog().stream()
                        .anyMatch(line -> line.contains("/rt") && line.contains("203.0.113.9")));
    }

    @Test
    void s16AnIdleSocketOutlivesTheReadTimeoutByOurPings() throws Exception {
        start("realtime.websocket.pingInterval=1s", "realtime.websocket.pongTimeout=3s");
        long start = Ticker.system().nanos();
        try (RawWebSocket socket = RawWebSocket.over(tls(), "/rt")) {
            assertThat(socket.readText()).startsWith("{\"type\":\"ready\"");
            while (Ticker.system().nanos() - start < Duration.ofSeconds(12).toNanos()) {
                assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.PING);
                socket.pong();
            }
            socket.text("{bad");
            assertThat(socket.readText()).contains("BAD_JSON");
        }
    }

    @Test
    void s16HeartbeatsAloneKeepASocketToo() throws Exception {
        start("realtime.websocket.pingInterval=0");
        long start = Ticker.system().nanos();
        try (RawWebSocket socket = RawWebSocket.over(tls(), "/rt")) {
            assertThat(socket.readText()).startsWith("{\"type\":\"ready\"");
            await().pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        socket.text("{\"type\":\"heartbeat\"}");
                        return Ticker.system().nanos() - start > Duration.ofSeconds(12).toNanos();
                    });
            socket.text("{bad");
            assertThat(socket.readText()).contains("BAD_JSON");
        }
    }
}
