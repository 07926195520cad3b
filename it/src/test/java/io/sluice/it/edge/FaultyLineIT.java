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
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultyLineIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");
    private final TcpFaultProxy line = TcpFaultProxy.before(origin.port());

    @AfterEach
    void close() {
        line.close();
        origin.close();
    }

    @Test
    void aServiceThatTricklesIsUnderstoodAllTheSame() {
        line.set(new TcpFault.Slice(3, Duration.ofMillis(1)));

        HttpResponse<String> answer = start("").get("/x?y=z");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{").endsWith("}").contains("\"target\":\"/x?y=z\"");
    }

    @Test
    void aServiceThatIsBackServesAtOnce() {
        RunningGateway gateway = start("");
        assertThat(gateway.get("/x").statusCode()).isEqualTo(200);

        line.set(new TcpFault.Down());
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.get("/x").statusCode()).isEqualTo(502);
        }
        line.set(new TcpFault.Reset());
        assertThat(gateway.get("/x").statusCode()).isEqualTo(502);

        line.set(new TcpFault.Pass());
        await().until(() -> gateway.get("/x").statusCode() == 200);
    }

    @Test
    void aLineThatGoesQuietIsATimeoutAndNotUsedAgain() {
        RunningGateway gateway = start("timeout: 3");
        assertThat(gateway.get("/x").statusCode()).isEqualTo(200);

        line.set(new TcpFault.BlackHole());
        assertThat(gateway.get("/x").statusCode()).isEqualTo(408);

        line.set(new TcpFault.Pass());
        assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
    }

    @Test
    void anAnswerThatIsCutIsCutForTheClientToo() {
        origin.otherwise(OriginHandlers.sized(1_000_000));
        line.set(new TcpFault.Cut(100_000));
        RunningGateway gateway = start("");

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /x HTTP/1.1");
            assertThat(client.head().header("Content-Length")).isEqualTo("1000000");
            assertThat(client.untilClosed().length()).isLessThan(100_000);
        }
        origin.otherwise(OriginHandlers.chunks(1000, 1000, Duration.ZERO));
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /x HTTP/1.1");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.untilClosed()).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void aClientThatTakesNothingIsCutOffAndTheCallCancelled() {
        origin.otherwise(OriginHandlers.sized(100_000_000));
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(origin).rule("timeout: 0").text(),
                        "frontend.http.writeTimeout=1s");

        try (RawClient client = RawClient.connectNarrow(gateway.port(), 8192)) {
            client.request("GET /x HTTP/1.1");
            await().until(() -> origin.counts().openRequests() == 1);
            await().untilAsserted(() -> assertThat(origin.counts().cancelled()).isEqualTo(1));
            assertThat(client.untilClosed().length()).isLessThan(100_000_000);
        }
    }

    private RunningGateway start(String rule) {
        return gateways.start(
                GatewayText.empty()
                        .service("s", "", GatewayText.instance("one", line.port(), ""))
                        .rule(rule)
                        .text());
    }
}
