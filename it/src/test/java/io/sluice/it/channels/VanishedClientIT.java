package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.net.loop.Transport;
import io.sluice.testkit.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A subscriber that takes nothing any more and says nothing either. To the system a closed window and a peer that is
/// gone are the same case, and only the first can be had on one machine.
class VanishedClientIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void givesItsPlaceBackLongBeforeTcpGivesUp() throws Exception {
        assumeTrue(Transport.preferred() == Transport.EPOLL);
        RunningGateway gateway =
                gateways.start(
                        ChannelCalls.CONFIG,
                        "frontend.http.vanishedTimeout=1s",
                        "frontend.http.writeTimeout=1h",
                        "realtime.outbox.queueBytes=256MiB");
        String open = "gateway_realtime_connections{face=\"sse\"} ";
        try (RawClient gone = RawClient.connect(gateway.port())) {
            gone.socket().setReceiveBufferSize(8 * 1024);
            gone.request("GET /events?channel=demo HTTP/1.1");
            await().until(() -> gateway.get("/metrics").body().contains(open + "1.0"));
            String data = '"' + "x".repeat(60_000) + '"';
            for (int i = 0; i < 300; i++) {
                ChannelCalls.publish(gateway, "demo", data);
            }
            assertThat(gateway.get("/metrics").body())
                    .doesNotContain("face=\"sse\",reason=\"slow_consumer\"} 1.0");

            await().atMost(Duration.ofSeconds(40))
                    .until(() -> gateway.get("/metrics").body().contains(open + "0.0"));

            assertThat(ChannelCalls.get(gateway, "/channels").body()).doesNotContain("demo");
        }
    }
}
