package io.sluice.proxy.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.time.Ticker;
import io.sluice.net.dial.Origin;
import io.sluice.net.dial.TcpDialer;
import io.sluice.net.http1.Http1Origin;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.Service;
import io.sluice.proxy.upstream.discovery.Endpoint;
import io.sluice.proxy.upstream.discovery.HealthCheckConfig;
import io.sluice.proxy.upstream.discovery.InstanceSpec;
import io.sluice.proxy.upstream.discovery.OutlierConfig;
import io.sluice.proxy.upstream.discovery.Registry;
import io.sluice.proxy.upstream.discovery.ServiceHealthConfig;
import io.sluice.proxy.upstream.discovery.ServiceSpec;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Active checks over real connections to real origins.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LeakCheck.class)
final class DialProbeTest {
    private static final String REFUSED = "Could not connect to the service";

    private Loops loops;
    private TcpDialer dialer;
    private Probe probe;

    @BeforeAll
    void start() {
        loops = new Loops(Transport.preferred(), 1, Ticker.system());
        dialer = new TcpDialer(loops.transport(), Http1Origin::install, Http1Origin::install);
        probe = new DialProbe(dialer, loops.all());
    }

    @AfterAll
    void stop() {
        dialer.close();
        loops.close();
    }

    private static HealthCheckConfig config(HealthCheckConfig.Type type, Duration timeout) {
        return new HealthCheckConfig(
                true,
                type,
                "/health?deep=1",
                null,
                List.of(),
                new HealthCheckConfig.Pace(
                        Duration.ofMillis(200), Duration.ofMillis(100), timeout, 2, 2));
    }

    private static HealthCheckConfig http() {
        return config(HealthCheckConfig.Type.HTTP, Duration.ofSeconds(5));
    }

    private static Origin origin(int port) {
        return new Origin(
                "127.0.0.1", port, null, null, Origin.Speaks.HTTP_1, Duration.ofSeconds(5));
    }

    private @Nullable String check(int port, HealthCheckConfig config) throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        probe.check(
                new Instance("s", "i", origin(port), 1),
                config,
                failure -> result.complete(failure == null ? "passed" : failure));
        return result.get(30, TimeUnit.SECONDS);
    }

    @Test
    void passesOnAGoodStatusAndAsksForPathAndQuery() throws Exception {
        try (OriginServer server =
                OriginServer.start("o").otherwise(OriginHandlers.json(204, ""))) {
            assertThat(check(server.port(), http())).isEqualTo("passed");
            assertThat(server.seen().getFirst().target()).isEqualTo("/health?deep=1");
            assertThat(server.counts().connections()).isEqualTo(1);
        }
    }

    @Test
    void failsOnABadStatus() throws Exception {
        try (OriginServer server =
                OriginServer.start("o").otherwise(OriginHandlers.json(503, "{}"))) {
            assertThat(check(server.port(), http())).isEqualTo("status 503");
        }
    }

    @Test
    void failsWhenNobodyListens() throws Exception {
        try (OriginServer server = OriginServer.start("o")) {
            server.refuse();
            HealthCheckConfig tcp = config(HealthCheckConfig.Type.TCP, Duration.ofSeconds(5));
            assertThat(check(server.port(), http())).isEqualTo(REFUSED);
            assertThat(check(server.port(), tcp)).isEqualTo(REFUSED);
        }
    }

    @Test
    void failsWhenTheAnswerIsLateOrCut() throws Exception {
        try (OriginServer server = OriginServer.start("o").otherwise(OriginHandlers.stall())) {
            assertThat(
                            check(
                                    server.port(),
                                    config(HealthCheckConfig.Type.HTTP, Duration.ofSeconds(1))))
                    .isEqualTo("no answer in time");
        }
        try (OriginServer server =
                OriginServer.start("o").otherwise(OriginHandlers.closeBeforeReply())) {
            assertThat(check(server.port(), http())).isNotEqualTo("passed");
        }
    }

    @Test
    void tcpOnlyConnects() throws Exception {
        try (OriginServer server = OriginServer.start("o").otherwise(OriginHandlers.stall())) {
            assertThat(
                            check(
                                    server.port(),
                                    config(HealthCheckConfig.Type.TCP, Duration.ofSeconds(5))))
                    .isEqualTo("passed");
        }
    }

    @Test
    void aServiceLosesAndRegainsAnInstanceAsItsOriginFailsAndRecovers() {
        try (OriginServer good = OriginServer.start("a").otherwise(OriginHandlers.json(200, "{}"));
                OriginServer bad =
                        OriginServer.start("b").otherwise(OriginHandlers.json(200, "{}"));
                HealthMonitor monitor = new HealthMonitor(Ticker.system(), probe)) {
            Registry registry = new Registry(monitor);
            ServiceHealthConfig health =
                    new ServiceHealthConfig(http(), OutlierConfig.DEFAULT, Duration.ZERO, 0);
            registry.prepare(
                            List.of(
                                    new ServiceSpec(
                                            "s", List.of(spec("a", good), spec("b", bad)), health)),
                            endpoint -> origin(endpoint.port()))
                    .commit();
            monitor.start();
            Service service = Objects.requireNonNull(registry.service("s"));
            assertThat(service.instances().usable()).hasSize(2);
            bad.otherwise(OriginHandlers.json(500, "{}"));
            await().untilAsserted(() ->
                    assertThat(service.instances().usable())
                            .extracting(Instance::id)
                            .containsExactly("a"));
            assertThat(monitor.reports().getFirst().instances())
                    .extracting(ServiceReport.InstanceReport::health)
                    .containsExactly(HealthState.HEALTHY, HealthState.UNHEALTHY);
            bad.otherwise(OriginHandlers.json(200, "{}"));
            await().untilAsserted(() -> assertThat(service.instances().usable()).hasSize(2));
        }
    }

    private static InstanceSpec spec(String id, OriginServer server) {
        return new InstanceSpec(
                id,
                Endpoint.of("127.0.0.1", server.port()),
                1,
                InstanceSpec.Mark.HEALTHY,
                List.of(),
                Map.of());
    }
}
