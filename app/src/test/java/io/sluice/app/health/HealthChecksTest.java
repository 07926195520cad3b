package io.sluice.app.health;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sluice.app.health.CheckConfig.Target;
import io.sluice.app.health.CheckResult.Status;
import io.sluice.core.time.Ticker;
import io.sluice.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final AtomicInteger status = new AtomicInteger(200);
    private final FreePorts ports = new FreePorts();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(ports));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    /// A server that answers with [#status] there.
    ///
    /// @return its URL
    private String served(String path) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext(
                path,
                call -> {
                    call.sendResponseHeaders(status.get(), -1);
                    call.close();
                });
        server.start();
        open.add(() -> server.stop(0));
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Test
    void httpChecksFollowTheStatusTheyGet() throws IOException {
        String url = served("/up");

        HealthChecks checks = start(check(CheckConfig.Type.HTTP, url, null));

        awaitStatus(checks, Status.HEALTHY);
        status.set(500);
        awaitStatus(checks, Status.UNHEALTHY);
        assertThat(result(checks).error()).isEqualTo("answered with status 500");
        status.set(302);
        awaitStatus(checks, Status.HEALTHY);
    }

    @Test
    void aCheckMayExpectOneStatus() throws IOException {
        String url = served("/health");
        HealthChecks checks =
                start(
                        new CheckConfig(
                                CheckConfig.Type.HTTP,
                                Duration.ofMillis(20),
                                Duration.ofSeconds(5),
                                "/health",
                                new Target(url, null, null, null, null),
                                204));

        awaitStatus(checks, Status.UNHEALTHY);
        assertThat(result(checks).error()).isEqualTo("answered with status 200");
        status.set(204);
        awaitStatus(checks, Status.HEALTHY);
    }

    @Test
    void anAnswerWithoutAnEndIsNotWell() throws IOException {
        AtomicBoolean endless = new AtomicBoolean();
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/up",
                call -> {
                    call.sendResponseHeaders(200, endless.get() ? 0 : -1);
                    if (endless.get()) {
                        call.getResponseBody().write(1);
                        call.getResponseBody().flush();
                    } else {
                        call.close();
                    }
                });
        server.start();
        open.add(() -> server.stop(0));
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/up";
        HealthChecks checks =
                start(
                        new CheckConfig(
                                CheckConfig.Type.HTTP,
                                Duration.ofMillis(20),
                                Duration.ofMillis(500),
                                "/health",
                                new Target(url, null, null, null, null),
                                null));
        awaitStatus(checks, Status.HEALTHY);

        endless.set(true);

        awaitStatus(checks, Status.UNHEALTHY);
        assertThat(result(checks).error()).startsWith("no answer");
    }

    @Test
    void tcpChecksFollowWhetherTheyCanConnect() throws IOException {
        ServerSocket socket = new ServerSocket(ports.next(), 50, LOOPBACK);
        open.add(socket);
        String address = "127.0.0.1:" + socket.getLocalPort();

        HealthChecks checks = start(check(CheckConfig.Type.TCP, null, address));

        awaitStatus(checks, Status.HEALTHY);
        socket.close();
        awaitStatus(checks, Status.UNHEALTHY);
        assertThat(result(checks).error()).isEqualTo("cannot connect to " + address);
    }

    @Test
    void aServiceIsWellWhileOneOfItsInstancesIs() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext(
                "/health",
                call -> {
                    call.sendResponseHeaders(status.get(), -1);
                    call.close();
                });
        server.start();
        open.add(() -> server.stop(0));
        int gone = ports.next();

        HealthChecks checks =
                start(
                        new HealthCheck(
                                check(CheckConfig.Type.HTTP, null, null),
                                List.of(
                                        "127.0.0.1:" + gone,
                                        "http://127.0.0.1:" + server.getAddress().getPort())));

        awaitStatus(checks, Status.HEALTHY);
        status.set(503);
        awaitStatus(checks, Status.UNHEALTHY);
        assertThat(result(checks).error())
                .isEqualTo("none of 2 instances is well; the last: answered with status 503");
    }

    @Test
    void theInstancesOfAServiceAreAskedTogether() throws IOException {
        CyclicBarrier both = new CyclicBarrier(2);
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/health",
                call -> {
                    call.sendResponseHeaders(met(both) ? 200 : 503, -1);
                    call.close();
                });
        server.start();
        open.add(() -> server.stop(0));
        String instance = "http://127.0.0.1:" + server.getAddress().getPort();

        HealthChecks checks =
                start(
                        new HealthCheck(
                                check(CheckConfig.Type.HTTP, null, null),
                                List.of(instance, instance)));

        awaitStatus(checks, Status.HEALTHY);
    }

    private static boolean met(CyclicBarrier both) {
        try {
            both.await(3, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            both.reset();
            return false;
        }
    }

    @Test
    void typesThatAreNotRunSaySo() {
        HealthChecks checks = start(check(CheckConfig.Type.GRPC, null, "127.0.0.1:1"));

        assertThat(result(checks).status()).isEqualTo(Status.UNSUPPORTED);
    }

    @Test
    void badTargetsAreReportedByKey() {
        List<String> problems = new ArrayList<>();
        check(CheckConfig.Type.HTTP, null, null).check((key, why) -> problems.add(key));
        check(CheckConfig.Type.HTTP, "ftp://x", null).check((key, why) -> problems.add(key));
        for (String url : List.of("http:foo", "http:///x", "http://a_b/", "http://a:70000/")) {
            check(CheckConfig.Type.HTTP, url, null).check((key, why) -> problems.add(url));
        }
        for (String path : List.of("health", "/a b", "/{id}", "/%")) {
            new CheckConfig(
                            CheckConfig.Type.HTTP,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            path,
                            new Target(null, null, null, null, null),
                            null)
                    .check((key, why) -> problems.add(key + " " + path));
        }
        check(CheckConfig.Type.TCP, null, "nowhere").check((key, why) -> problems.add(key));
        check(CheckConfig.Type.TCP, null, "[::1]:70000").check((key, why) -> problems.add(key));
        check(CheckConfig.Type.TCP, null, "[::1]:7000").check((key, why) -> problems.add(key));

        assertThat(problems)
                .containsExactly(
                        "config.url",
                        "http:foo",
                        "http:///x",
                        "http://a_b/",
                        "http://a:70000/",
                        "path health",
                        "path /a b",
                        "path /{id}",
                        "path /%",
                        "config.address",
                        "config.address");
    }

    @Test
    void aCheckThatCannotBeMadeStopsNoneThatRunsBecauseNoneDoesYet() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, LOOPBACK);
        open.add(socket);
        socket.setSoTimeout(300);
        String address = "127.0.0.1:" + socket.getLocalPort();
        Map<String, HealthCheck> configs = new LinkedHashMap<>();
        configs.put("first", only(check(CheckConfig.Type.TCP, null, address)));
        configs.put("second", only(check(CheckConfig.Type.HTTP, "http:foo", null)));

        assertThatThrownBy(() -> HealthChecks.start(configs, Ticker.system()))
                .isInstanceOf(IllegalArgumentException.class);

        assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
    }

    private static CheckConfig check(
            CheckConfig.Type type, @Nullable String url, @Nullable String address) {
        return new CheckConfig(
                type,
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                "/health",
                new Target(url, address, null, null, null),
                null);
    }

    private static HealthCheck only(CheckConfig config) {
        return new HealthCheck(config, List.of());
    }

    private HealthChecks start(CheckConfig config) {
        return start(only(config));
    }

    private HealthChecks start(HealthCheck check) {
        HealthChecks checks = HealthChecks.start(Map.of("one", check), Ticker.system());
        open.add(0, checks);
        return checks;
    }

    private static CheckResult result(HealthChecks checks) {
        return requireNonNull(checks.results().get("one"));
    }

    private static void awaitStatus(HealthChecks checks, Status expected) {
        await().untilAsserted(() -> assertThat(result(checks).status()).isEqualTo(expected));
    }
}
