package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryIT {
    private static final String RETRY =
            "retry: {enabled: true, default: {maxAttempts: 3, initialDelay: 5, maxDelay: 20}}";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer one = OriginServer.start("one");
    private final OriginServer two = OriginServer.start("two");

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void aStaleConnectionIsNeverTheClientsProblem() {
        RunningGateway gateway = gateways.start(GatewayText.of(one).text());
        try (RawClient client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 50; i++) {
                one.dropConnections();
                assertThat(client.request("GET /x HTTP/1.1").response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void connectionsTheServiceClosesUnannouncedFailNoGet()
            throws ExecutionException, InterruptedException {
        one.requestsPerConnection(3);
        RunningGateway gateway = gateways.start(GatewayText.of(one).text());

        AtomicInteger failed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(threads.submit(() -> failed.addAndGet(hammer(gateway, 200))));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }

        assertThat(failed).hasValue(0);
    }

    @Test
    void anInstanceNobodyListensForIsPassedOver() {
        try (FreePorts ports = new FreePorts()) {
            RunningGateway gateway =
                    gateways.start(
                            GatewayText.empty()
                                    .service(
                                            "s",
                                            "outlierDetection: {enabled: false}",
                                            GatewayText.instance("gone", ports.next(), ""),
                                            GatewayText.instance(one, ""))
                                    .text());
            for (int i = 0; i < 10; i++) {
                assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
                assertThat(post(gateway)).isEqualTo(200);
            }
        }
    }

    @Test
    void anInstanceThatLeavesTakesNoRequestWithIt() {
        RunningGateway gateway = withBoth("");
        for (int i = 0; i < 4; i++) {
            assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
        }
        int before = one.counts().requests();
        one.refuse();
        one.otherwise((_, reply) -> reply.reset());

        for (int i = 0; i < 4; i++) {
            assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
        }
        assertThat(one.counts().requests()).isGreaterThan(before);
    }

    @Test
    void aGetIsTriedAgainElsewhereAndAPostIsNot() {
        one.otherwise(OriginHandlers.json(503, "{}"));
        RunningGateway gateway = withBoth(RETRY);

        for (int i = 0; i < 6; i++) {
            assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
        }
        int before = two.counts().requests() + one.counts().requests();
        assertThat(List.of(post(gateway), post(gateway))).containsExactlyInAnyOrder(200, 503);
        assertThat(two.counts().requests() + one.counts().requests()).isEqualTo(before + 2);
    }

    @Test
    void aPutIsSentAgainWithItsWholeBody() {
        one.otherwise((request, reply) -> {
            request.digestBody();
            reply.reset();
        });
        RunningGateway gateway = withBoth(RETRY);

        for (int i = 0; i < 4; i++) {
            HttpRequest put =
                    HttpRequest.newBuilder(gateway.uri("/x"))
                            .PUT(BodyPublishers.ofString("0123456789"))
                            .build();
            assertThat(gateway.send(put).body()).contains("\"bodySize\":10");
        }
        assertThat(one.counts().requests()).isPositive();
    }

    @Test
    void anAnswerThatBreaksOffIsCutAndNeverMadeWhole() {
        one.otherwise(OriginHandlers.truncated(1000, 10));
        RunningGateway gateway = gateways.start(GatewayText.of(one).section(RETRY).text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /x HTTP/1.1");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.untilClosed()).hasSize(10);
        }
        await().untilAsserted(() -> assertThat(one.counts().requests()).isEqualTo(1));
    }

    /// On one loop, so that both instances take turns.
    ///
    /// @param more section of the configuration
    private RunningGateway withBoth(String more) {
        return gateways.start(
                GatewayText.empty()
                        .service(
                                "s",
                                "outlierDetection: {enabled: false}",
                                GatewayText.instances(one, two))
                        .section("loops: 1\n" + more)
                        .text());
    }

    private static int hammer(RunningGateway gateway, int count) {
        int failed = 0;
        try (RawClient client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < count; i++) {
                client.request("GET /x HTTP/1.1");
                failed += client.response().status() == 200 ? 0 : 1;
            }
        }
        return failed;
    }

    private static int post(RunningGateway gateway) {
        return gateway.send(
                        HttpRequest.newBuilder(gateway.uri("/x"))
                                .POST(BodyPublishers.ofString("x"))
                                .build())
                .statusCode();
    }
}
