package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CancelIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aClientThatLeavesBeforeTheAnswerCancelsTheCall() {
        origin.otherwise(OriginHandlers.stall());
        RunningGateway gateway = gateways.start(GatewayText.of(origin).text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /x HTTP/1.1");
            await().until(() -> origin.counts().openRequests() == 1);
        }

        isCancelled();
        await().untilAsserted(() ->
                assertThat(gateway.accessLog()).singleElement().asString().contains("499"));
    }

    @Test
    void aClientThatResetsAmidTheAnswerCancelsTheCall() {
        origin.otherwise(OriginHandlers.chunks(10_000, 1000, Duration.ofMillis(20)));
        RunningGateway gateway = gateways.start(GatewayText.of(origin).rule("timeout: 0").text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /x HTTP/1.1");
            assertThat(client.head().status()).isEqualTo(200);
            client.bytes(100);
            client.reset();
        }

        isCancelled();
    }

    @Test
    void aClientThatLeavesAmidItsBodyCancelsTheCall() {
        RunningGateway gateway = gateways.start(GatewayText.of(origin).text());

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("PUT /x HTTP/1.1", "Content-Length: 1000").send("half of it");
            await().until(() -> origin.counts().openRequests() == 1);
        }

        isCancelled();
    }

    private void isCancelled() {
        await().until(() -> origin.counts().cancelled() == 1);
        await().until(() -> origin.counts().openConnections() == 0);
    }
}
