package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TimeoutIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("slow");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aSlowServiceIs408AndItsConnectionIsClosed() {
        isTimedOut(gateways.start(slow().text()), 408);
    }

    @Test
    void aSlowServiceIs504WhenAskedFor() {
        isTimedOut(gateways.start(slow().section("errors: {timeoutStatus: 504}").text()), 504);
    }

    @Test
    void noTimeoutMeansTheServiceMayTakeItsTime() {
        origin.otherwise(
                OriginHandlers.delayed(Duration.ofMillis(1500), OriginHandlers.echo("slow")));
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(origin)
                                .rule("timeout: 0")
                                .section("backend: {http: {responseHeaderTimeout: 1}}")
                                .text());
        assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatDribblesItsHeadIs408AndNeverOccupiesAService() throws Exception {
        RunningGateway gateway =
                gateways.start(GatewayText.of(origin).text(), "frontend.http.headerTimeout=1s");

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: test\r\n");
            Thread dribble = Thread.ofVirtual().start(() -> dribble(client));
            RawResponse answer = client.response();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text()).contains("\"error\":\"timeout\"");
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            dribble.interrupt();
            dribble.join();
        }
        assertThat(origin.counts().connections()).isZero();
    }

    @Test
    void aClientThatStopsInItsBodyIs408EvenWhenServicesSay504() {
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(origin).section("errors: {timeoutStatus: 504}").text(),
                        "frontend.http.readTimeout=1s");

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("POST /x HTTP/1.1", "Content-Length: 1000").send("abc");
            assertThat(client.response().status()).isEqualTo(408);
        }
        await().until(() -> origin.counts().openConnections() == 0);
    }

    private static void dribble(RawClient client) {
        try {
            while (true) {
                Thread.sleep(100);
                client.send("X");
            }
        } catch (InterruptedException | RuntimeException over) {
            // The gateway has closed, or the test is over.
        }
    }

    private GatewayText slow() {
        origin.otherwise(
                OriginHandlers.delayed(Duration.ofMinutes(1), OriginHandlers.echo("slow")));
        return GatewayText.of(origin).rule("timeout: 1");
    }

    private void isTimedOut(RunningGateway gateway, int status) {
        long before = System.nanoTime();
        HttpResponse<String> answer = gateway.get("/x");
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error\":\"timeout\"", "\"status\":" + status);
        assertThat(took).isBetween(Duration.ofMillis(990), Duration.ofSeconds(20));
        await().until(() -> origin.counts().openConnections() == 0);
        assertThat(origin.counts().cancelled()).isEqualTo(1);
    }
}
