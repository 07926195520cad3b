package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.TcpFault;
import io.sluice.testkit.TcpFaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients of every ill behaviour and a line that breaks in every way, all at once; then silence.
class ChurnIT {
    private static final List<TcpFault> FAULTS =
            List.of(
                    new TcpFault.Reset(),
                    new TcpFault.Slice(100, Duration.ofMillis(1)),
                    new TcpFault.Down(),
                    new TcpFault.Stall(),
                    new TcpFault.Cut(20_000),
                    new TcpFault.BlackHole());

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer one = behaved("one");
    private final OriginServer two = behaved("two");
    private final TcpFaultProxy line = TcpFaultProxy.before(one.port());

    private static OriginServer behaved(String name) {
        return OriginServer.start(name)
                .on("/large", OriginHandlers.sized(300_000))
                .on("/chunks", OriginHandlers.chunks(30, 3000, Duration.ofMillis(1)))
                .on(
                        "/slow",
                        OriginHandlers.delayed(Duration.ofMillis(300), OriginHandlers.echo(name)))
                .on("/broken", OriginHandlers.resetMidBody(1000, 10))
                .on("/gone", OriginHandlers.closeBeforeReply())
                .requestsPerConnection(7);
    }

    @AfterEach
    void close() {
        line.close();
        one.close();
        two.close();
    }

    @Test
    void nothingIsLeftOverAfterTheStorm() throws Exception {
        RunningGateway gateway = gateways.start(config());
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                SplittableRandom random = new SplittableRandom(i);
                clients.add(threads.submit(() -> misbehave(gateway, random, over)));
            }
            for (TcpFault fault : FAULTS) {
                line.set(fault);
                int seen = two.counts().requests();
                await().until(() -> two.counts().requests() > seen + 100);
                line.set(new TcpFault.Pass());
                gateway.rewrite(config());
                assertThat(gateway.gateway().reload()).isTrue();
            }
            over.set(true);
            for (Future<?> client : clients) {
                client.get();
            }
        }

        await().untilAsserted(() -> {
            assertThat(one.counts().openRequests()).isZero();
            assertThat(two.counts().openRequests()).isZero();
            String metrics = gateway.get("/metrics").body();
            assertThat(metrics)
                    .contains("gateway_connections_open 1.0")
                    .contains("gateway_http_requests_active 1.0");
            assertThat(metrics.lines())
                    .filteredOn(line -> line.startsWith("gateway_backend_requests_active{"))
                    .hasSize(2)
                    .allMatch(line -> line.endsWith(" 0.0"));
        });
        await().untilAsserted(() -> {
            int before = one.counts().requests();
            for (int i = 0; i < 40; i++) {
                assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
            }
            // No count of calls under way is left too high: both instances get their share.
            assertThat(one.counts().requests() - before).isBetween(10, 30);
        });
    }

    private static void misbehave(
            RunningGateway gateway, SplittableRandom random, AtomicBoolean over) {
        while (!over.get()) {
            try (RawClient client = RawClient.connect(gateway.port())) {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    once(client, random);
                }
            } catch (RuntimeException cut) {
                // Whatever happens to a single request is right here, as long as nothing stays.
            }
        }
    }

    private static void once(RawClient client, SplittableRandom random) {
        switch (random.nextInt(9)) {
            case 0 -> client.request("GET /large HTTP/1.1").response();
            case 1 -> client.request("GET /chunks HTTP/1.1").response();
            case 2 -> {
                client.request("GET /large HTTP/1.1").bytes(1000);
                client.reset();
            }
            case 3 -> client.request("GET /slow HTTP/1.1").reset();
            case 4 ->
                    client.request("PUT /x HTTP/1.1", "Content-Length: 5000").send("half").close();
            case 5 -> {
                client.request("PUT /x HTTP/1.1", "Content-Length: 50000");
                client.send("x".repeat(50_000)).response();
            }
            case 6 -> client.request("GET /broken HTTP/1.1").response();
            case 7 -> client.request("GET /gone HTTP/1.1").response();
            default ->
                    client.request("POST /gone HTTP/1.1", "Content-Length: 2")
                            .send("ab")
                            .response();
        }
    }

    private String config() {
        return GatewayText.empty()
                .service(
                        "s",
                        "outlierDetection: {consecutiveErrors: 5, baseEjectionTime: 200ms,"
                                + " maxEjectionTime: 200ms}",
                        GatewayText.instance("one", line.port(), ""),
                        GatewayText.instance("two", two.port(), ""))
                .rule("loadBalance: least_connections, timeout: 1")
                .section("metrics: {enabled: true}\nretry: {enabled: true}")
                .text();
    }
}
