package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReloadUnderLoadIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer one = OriginServer.start("one");
    private final OriginServer two = OriginServer.start("two");

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void noRequestFailsWhileTheConfigurationChanges() throws Exception {
        RunningGateway gateway = gateways.start(GatewayText.of(one).text());
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(threads.submit(() -> ask(gateway, over, answered, failed)));
            }
            try {
                for (int i = 0; i < 20; i++) {
                    boolean broken = i % 5 == 4;
                    gateway.rewrite(broken ? "gateway: [" : changed(i));
                    assertThat(gateway.gateway().reload()).isEqualTo(!broken);
                    int seen = answered.get();
                    await().until(() -> answered.get() > seen + 20);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }

        assertThat(failed).hasValue(0);
        assertThat(one.counts().requests()).isPositive();
        assertThat(two.counts().requests()).isPositive();
    }

    @Test
    void aRequestUnderWayFinishesWithTheServiceItStartedWith() throws Exception {
        one.otherwise((request, reply) -> {
            reply.startChunks(200);
            reply.chunk("first ");
            reply.pause(Duration.ofSeconds(1));
            reply.chunk("last");
            reply.endChunks();
        });
        RunningGateway gateway = gateways.start(GatewayText.of(one).text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /x HTTP/1.1");
            RawResponse head = client.head();
            gateway.rewrite(GatewayText.of(two).text());
            assertThat(gateway.gateway().reload()).isTrue();

            assertThat(client.withBody(head).text()).isEqualTo("first last");
            assertThat(client.request("GET /x HTTP/1.1").response().text())
                    .contains("\"name\":\"two\"");
        }
    }

    /// Always with `/x`; what else there is changes.
    private String changed(int i) {
        GatewayText text =
                switch (i % 3) {
                    case 0 -> GatewayText.of(one, two);
                    case 1 -> GatewayText.of(two).rule("timeout: " + (i + 20));
                    default -> GatewayText.of(two, one).rule("loadBalance: least_connections");
                };
        return text.section("cors: {enabled: " + (i % 2 == 0) + "}").text();
    }

    private static void ask(
            RunningGateway gateway,
            AtomicBoolean over,
            AtomicInteger answered,
            AtomicInteger failed) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            while (!over.get()) {
                client.request("GET /x HTTP/1.1");
                if (client.response().status() != 200) {
                    failed.incrementAndGet();
                }
                answered.incrementAndGet();
            }
        } catch (RuntimeException broken) {
            failed.incrementAndGet();
            throw broken;
        }
    }
}
