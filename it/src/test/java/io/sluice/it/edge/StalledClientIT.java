package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawResponse;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients that do not take their answer, with and without `writeTimeout`.
class StalledClientIT {
    private static final int INITIAL_WINDOW = 4;
    private static final int SIZE = 64 << 20;

    /// Many times what a clock of no time would take to cut, which over HTTP/2 begins after the `headerTimeout`.
    private static final Duration A_WHILE = Duration.ofSeconds(4);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin =
            OriginServer.start("large").otherwise(OriginHandlers.sized(SIZE));

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aClientThatTakesNothingIsCutInTime() {
        RunningGateway gateway = start("300ms");
        try (RawClient client = RawClient.connectNarrow(gateway.port(), 4096)) {
            assertThat(client.request("GET /x HTTP/1.1").head().status()).isEqualTo(200);
            await().until(() -> origin.counts().cancelled() == 1);
        }
    }

    @Test
    void withoutAWriteTimeoutAClientMayTakeItsTime() throws Exception {
        RunningGateway gateway = start("0");
        try (RawClient client = RawClient.connectNarrow(gateway.port(), 4096)) {
            RawResponse head = client.request("GET /x HTTP/1.1").head();
            await().during(A_WHILE).until(() -> origin.counts().cancelled() == 0);
            try (InputStream body = client.body(head)) {
                body.skipNBytes(SIZE);
            }
        }
    }

    @Test
    void withoutAWriteTimeoutAStreamMayTakeItsTime() throws Exception {
        RunningGateway gateway = start("0");
        try (RawHttp2 client = new RawHttp2(gateway.port())) {
            client.settings(INITIAL_WINDOW, 0).headers(1, RawHttp2.get("/x")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "200");
            await().during(A_WHILE).until(() -> origin.counts().cancelled() == 0);

            client.frame(RawHttp2.WINDOW_UPDATE, 0, 1, RawHttp2.number(5)).send();

            assertThat(client.await(RawHttp2.DATA).payload()).hasSize(5);
        }
    }

    private RunningGateway start(String writeTimeout) {
        return gateways.start(
                GatewayText.of(origin).rule("timeout: 0").text(),
                "frontend.http.headerTimeout=2s",
                "frontend.http.writeTimeout=" + writeTimeout);
    }
}
