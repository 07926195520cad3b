package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two gateways behind a third; one of the two is stopped in good order while requests run.
class RollingRestartIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin =
            OriginServer.start("one")
                    .otherwise(
                            OriginHandlers.delayed(
                                    Duration.ofMillis(2), OriginHandlers.json(200, "{}")));

    @AfterEach
    void close() {
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http1", "http2"})
    void noRequestFailsWhileAnInstanceDrains(String protocol) throws Exception {
        RunningGateway leaving = gateways.start(GatewayText.of(origin).text());
        RunningGateway staying = gateways.start(GatewayText.of(origin).text());
        RunningGateway front =
                gateways.start(
                        GatewayText.empty()
                                .service(
                                        "s",
                                        "",
                                        GatewayText.instance(
                                                "leaving", leaving.port(), "protocol: " + protocol),
                                        GatewayText.instance(
                                                "staying", staying.port(), "protocol: " + protocol))
                                .text());
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Queue<String> failed = new ConcurrentLinkedQueue<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(threads.submit(() -> ask(front, over, answered, failed)));
            }
            await().until(() -> answered.get() > 200);
            leaving.gateway().drain();
            int seen = answered.get();
            await().until(() -> answered.get() > seen + 200);
            over.set(true);
            for (Future<?> client : clients) {
                client.get();
            }
        }

        assertThat(failed).isEmpty();
    }

    private static void ask(
            RunningGateway gateway,
            AtomicBoolean over,
            AtomicInteger answered,
            Queue<String> failed) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            while (!over.get()) {
                RawResponse answer = client.request("GET /x HTTP/1.1").response();
                if (answer.status() != 200) {
                    failed.add(answer.toString());
                }
                answered.incrementAndGet();
            }
        } catch (RuntimeException broken) {
            failed.add(broken.toString());
        }
    }
}
