package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginReply;
import io.sluice.testkit.OriginRequest;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `attemptTimeout` and `idleTimeout` of a rule, with and without `timeout`.
class AttemptClocksIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer stuck =
            OriginServer.start("stuck").otherwise(AttemptClocksIT::takeAndStall);
    private final OriginServer well = OriginServer.start("well");

    @AfterEach
    void close() {
        stuck.close();
        well.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1m"})
    void anAttemptThatBringsNoAnswerInTimeIsMadeAgainElsewhere(String timeout) {
        RunningGateway gateway = start("attemptTimeout: 2, timeout: " + timeout, 5);

        // In turn, so one of two begins with the instance that is stuck.
        for (int i = 0; i < 2; i++) {
            assertThat(gateway.get("/x").body()).contains("\"well\"");
        }
        await().until(() -> stuck.counts().cancelled() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1m"})
    void anAttemptHasItsTimeFromTheEndOfTheBody(String timeout) {
        RunningGateway gateway = start("attemptTimeout: 2, timeout: " + timeout, 5);

        while (stuck.counts().requests() == 0) {
            putsSlowly(gateway);
        }
        await().until(() -> stuck.counts().cancelled() == 1);
    }

    private void putsSlowly(RunningGateway gateway) {
        int begun = requests() + 1;
        try (RawClient client = RawClient.connect(gateway.port()).patience(SOON)) {
            client.request("PUT /x HTTP/1.1", "Content-Length: 10").send("01234");
            await().until(() -> requests() == begun);
            await().during(Duration.ofSeconds(3)).until(() -> requests() == begun);
            client.send("56789");
            assertThat(client.response().text()).contains("\"well\"", "\"bodySize\":10");
        }
    }

    @Test
    void theTimeOfTheWholeExchangeEndsItBetweenTwoAttemptsToo() {
        well.otherwise(OriginHandlers.stall());
        RunningGateway gateway = start("attemptTimeout: 1, timeout: 3", 600_000);

        try (RawClient client = RawClient.connect(gateway.port()).patience(SOON)) {
            RawResponse answer = client.request("GET /x HTTP/1.1").response();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text()).contains("\"error\":\"timeout\"");
        }
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void anExchangeInWhichNothingMovesEnds() {
        RunningGateway gateway = onlyStuck("timeout: 0, idleTimeout: 1");

        assertThat(gateway.get("/x").statusCode()).isEqualTo(408);
        await().until(() -> stuck.counts().cancelled() == 1);
    }

    @Test
    void aStreamInWhichNothingMovesIsCut() {
        stuck.otherwise((request, reply) -> {
            reply.startChunks(200, "Content-Type: text/event-stream");
            reply.chunk("data: 1\n\n");
            reply.stall();
        });
        RunningGateway gateway = onlyStuck("timeout: 1m, idleTimeout: 1");

        try (RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.request("GET /x HTTP/1.1").head().status()).isEqualTo(200);
            assertThat(client.patience(SOON).untilClosed())
                    .contains("data: 1")
                    .doesNotContain("\r\n0\r\n");
        }
        await().until(() -> stuck.counts().cancelled() == 1);
    }

    @Test
    void aStreamThatMovesOutlivesEveryClock() {
        stuck.otherwise(OriginHandlers.chunks(20, 10, Duration.ofMillis(300)));
        RunningGateway gateway = onlyStuck("timeout: 4, attemptTimeout: 3, idleTimeout: 5");

        try (RawClient client = RawClient.connect(gateway.port()).patience(SOON)) {
            assertThat(client.request("GET /x HTTP/1.1").response().body()).hasSize(200);
        }
    }

    private static void takeAndStall(OriginRequest request, OriginReply reply) throws IOException {
        request.digestBody();
        reply.stall();
    }

    private int requests() {
        return stuck.counts().requests() + well.counts().requests();
    }

    private RunningGateway onlyStuck(String clocks) {
        return gateways.start(GatewayText.of(stuck).rule(clocks).text());
    }

    /// @param pause milliseconds between two attempts
    private RunningGateway start(String clocks, int pause) {
        return gateways.start(
                GatewayText.empty()
                        .service(
                                "s",
                                "outlierDetection: {enabled: false}",
                                GatewayText.instances(stuck, well))
                        .rule(clocks)
                        .section(
                                "loops: 1\nretry: {enabled: true, default: {maxAttempts: 3,"
                                        + " initialDelay: %d, maxDelay: %d}}"
                                                .formatted(pause, pause))
                        .text());
    }
}
