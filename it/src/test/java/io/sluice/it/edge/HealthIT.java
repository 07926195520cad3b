package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer one = OriginServer.start("one");
    private final OriginServer two = OriginServer.start("two");

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private RunningGateway withBreaker(String limits) {
        return gateways.start(
                GatewayText.empty()
                        .service(
                                "s",
                                "outlierDetection: {enabled: false}",
                                GatewayText.instances(one))
                        .section("circuitBreaker: {enabled: true, default: {" + limits + "}}")
                        .text());
    }

    @Test
    void anOpenBreakerSparesTheServiceAndAProbeClosesIt() {
        one.otherwise(OriginHandlers.json(500, "{}"));
        RunningGateway gateway = withBreaker("maxFailures: 3, timeout: 4");

        for (int i = 0; i < 3; i++) {
            assertThat(gateway.get("/x").statusCode()).isEqualTo(500);
        }
        HttpResponse<String> open = gateway.get("/x");
        assertThat(open.statusCode()).isEqualTo(503);
        assertThat(open.body()).contains("\"error\":\"unavailable\"");
        assertThat(open.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 4));
        assertThat(one.counts().requests()).isEqualTo(3);

        await().until(() -> gateway.get("/x").statusCode() == 500);
        assertThat(one.counts().requests()).isEqualTo(4);
        assertThat(gateway.get("/x").statusCode()).isEqualTo(503);

        one.otherwise(OriginHandlers.json(200, "{}"));
        await().until(() -> gateway.get("/x").statusCode() == 200);
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStreamThatBeganWellIsEnoughForAProbe() {
        one.otherwise(OriginHandlers.json(500, "{}"));
        RunningGateway gateway = withBreaker("maxFailures: 1, timeout: 1");
        assertThat(gateway.get("/x").statusCode()).isEqualTo(500);
        assertThat(gateway.get("/x").statusCode()).isEqualTo(503);

        one.otherwise((request, reply) -> {
            reply.startChunks(200);
            reply.chunk("x");
            reply.stall();
        });
        List<RawClient> clients = new ArrayList<>();
        try {
            await().until(() -> statusOf(gateway, clients) == 200);
            assertThat(statusOf(gateway, clients)).isEqualTo(200);
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    /// Of an answer that is not read further.
    private static int statusOf(RunningGateway gateway, List<RawClient> clients) {
        RawClient client = RawClient.connect(gateway.port());
        clients.add(client);
        return client.request("GET /x HTTP/1.1").head().status();
    }

    @Test
    void anInstanceThatFailsItsChecksIsLeftOutAndComesBack() {
        one.on("/ping", OriginHandlers.json(200, "{}"));
        two.on("/ping", OriginHandlers.json(200, "{}"));
        RunningGateway gateway =
                gateways.start(
                        GatewayText.empty()
                                .service(
                                        "s",
                                        "healthCheck: {path: /ping, interval: 100ms,"
                                                + " unhealthyInterval: 100ms, timeout: 20,"
                                                + " healthyThreshold: 1, unhealthyThreshold: 2}",
                                        GatewayText.instances(one, two))
                                .section("loops: 1\nmetrics: {enabled: true}")
                                .text());

        one.on("/ping", OriginHandlers.json(500, "{}"));
        await().until(() -> answersOf(gateway, 4, "one") == 0);
        assertThat(gateway.get("/metrics").body())
                .contains("gateway_service_instances{health=\"unhealthy\",service=\"s\"} 1.0");

        one.on("/ping", OriginHandlers.json(200, "{}"));
        await().until(() -> answersOf(gateway, 4, "one") == 2);
    }

    @Test
    void anInstanceThatKeepsFailingIsLeftOutForAWhile() {
        one.otherwise(OriginHandlers.json(500, "one"));
        RunningGateway gateway =
                gateways.start(
                        GatewayText.empty()
                                .service(
                                        "s",
                                        "outlierDetection: {consecutiveErrors: 3,"
                                                + " baseEjectionTime: 5, maxEjectionTime: 5}",
                                        GatewayText.instances(one, two))
                                .section("loops: 1")
                                .text());

        assertThat(answersOf(gateway, 6, "one")).isEqualTo(3);
        assertThat(answersOf(gateway, 6, "one")).isZero();

        one.otherwise(OriginHandlers.json(200, "one"));
        await().until(() -> answersOf(gateway, 4, "one") == 2);
    }

    @Test
    void whenTooFewInstancesAreWellAllAreCalled() {
        try (OriginServer three = OriginServer.start("three")) {
            for (OriginServer origin : List.of(one, two, three)) {
                origin.on("/ping", OriginHandlers.json(origin == three ? 200 : 500, "{}"));
            }
            RunningGateway careful = gateways.start(threeChecked(three, "panicThreshold: 0"));
            RunningGateway desperate = gateways.start(threeChecked(three, "panicThreshold: 0.5"));
            for (RunningGateway gateway : List.of(careful, desperate)) {
                await().untilAsserted(() ->
                        assertThat(gateway.get("/metrics").body())
                                .contains(
                                        "gateway_service_instances{health=\"unhealthy\",service=\"s\"} 2.0"));
            }

            assertThat(answersOf(careful, 9, "three")).isEqualTo(9);
            assertThat(answersOf(desperate, 9, "one")).isEqualTo(3);
            assertThat(answersOf(desperate, 9, "two")).isEqualTo(3);
        }
    }

    private String threeChecked(OriginServer three, String panic) {
        return GatewayText.empty()
                .service(
                        "s",
                        "healthCheck: {path: /ping, interval: 100ms, unhealthyInterval: 100ms,"
                                + " timeout: 20, unhealthyThreshold: 1}, "
                                + panic,
                        GatewayText.instances(one, two, three))
                .section("loops: 1\nmetrics: {enabled: true}")
                .text();
    }

    @Test
    void anInstanceThatJoinsGrowsToItsShareSlowly() {
        RunningGateway slow = gateways.start(joining("slowStart: 10m", one));
        RunningGateway atOnce = gateways.start(joining("slowStart: 0", one));

        slow.rewrite(joining("slowStart: 10m", one, two));
        atOnce.rewrite(joining("slowStart: 0", one, two));
        assertThat(slow.gateway().reload()).isTrue();
        assertThat(atOnce.gateway().reload()).isTrue();

        assertThat(answersOf(atOnce, 60, "two")).isEqualTo(30);
        assertThat(answersOf(slow, 60, "two")).isLessThanOrEqualTo(15);
    }

    private static String joining(String slowStart, OriginServer... origins) {
        return GatewayText.empty()
                .service("s", slowStart, GatewayText.instances(origins))
                .section("loops: 1")
                .text();
    }

    private static int answersOf(RunningGateway gateway, int count, String name) {
        int answers = 0;
        for (int i = 0; i < count; i++) {
            String body = gateway.get("/x").body();
            answers += body.equals(name) || body.contains("\"name\":\"" + name + '"') ? 1 : 0;
        }
        return answers;
    }
}
