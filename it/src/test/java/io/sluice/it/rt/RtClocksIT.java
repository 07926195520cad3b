package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.time.Ticker;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawWebSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Scenario S12, and dead peers: what the original declared and did not enforce.
class RtClocksIT {
    private static final String KEY = "a-key-for-tests";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private static String listing(RunningGateway gateway, String target) {
        return gateway.get(target, "X-API-Key", KEY).body();
    }

    @Test
    void s12ClosesTheSilentAndKeepsThoseWhoseHeartBeats() {
        RunningGateway gateway =
                gateways.start(
                        Preset.rt(),
                        "realtime.rt.heartbeatTimeout=6s",
                        "realtime.api.enabled=true",
                        "realtime.api.keys.admin=" + KEY);
        try (RtClient watcher = RtClient.ready(gateway);
                RtClient beating = RtClient.ready(gateway);
                RtClient silent = RtClient.open(gateway.port())) {
            long start = Ticker.system().nanos();
            assertThat(silent.next()).contains("\"timeoutMs\":6000");
            silent.identify("app-client", "g1");
            assertThat(silent.type()).isEqualTo("presence_update");
            assertThat(silent.type()).isEqualTo("ready");
            assertThat(listing(gateway, "/presence?channel=rt:g1"))
                    .contains("\"connection\":\"" + silent.id() + '"', "\"face\":\"rt\"");
            assertThat(listing(gateway, "/channels?prefix=rt:g"))
                    .contains("\"rt:g1\",\"members\":1");
            watcher.send("{\"type\":\"identify\",\"payload\":{\"clientType\":\"dashboard\"}}");
            assertThat(watcher.next()).contains("\"groupId\":\"g1\"", "\"status\":\"UP\"");
            assertThat(watcher.type()).isEqualTo("ready");

            await().pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        beating.send("{\"type\":\"heartbeat\",\"ts\":1}");
                        watcher.send("{\"type\":\"heartbeat\"}");
                        return Ticker.system().nanos() - start > 8_000_000_000L;
                    });

            RawWebSocket.Frame close = silent.socket().readClose();
            assertThat(close.closeCode()).isEqualTo(4000);
            assertThat(close.closeReason()).isEqualTo("heartbeat timeout");
            assertThat(watcher.next()).contains("\"groupId\":\"g1\"", "\"status\":\"DOWN\"");
            assertThat(listing(gateway, "/presence?channel=rt:g1"))
                    .contains("\"connections\":0", "\"members\":[]");
            assertThat(listing(gateway, "/channels?prefix=rt:g")).contains("\"channels\":[]");
            beating.hearsNothing();
        }
    }

    @Test
    void s12ClosesInTime() {
        RunningGateway gateway = gateways.start(Preset.rt(), "realtime.rt.heartbeatTimeout=1500ms");
        long start = Ticker.system().nanos();
        try (RtClient silent = RtClient.ready(gateway)) {
            assertThat(silent.socket().readClose().closeCode()).isEqualTo(4000);
            long millis = (Ticker.system().nanos() - start) / 1_000_000;
            assertThat(millis).as("by default 25 s").isBetween(1_500L, 20_000L);
        }
    }

    @Test
    void aZombieIsGoneAfterAPingWithoutAnswer() {
        RunningGateway gateway =
                gateways.start(
                        Preset.rt(),
                        "realtime.websocket.pingInterval=1s",
                        "realtime.websocket.pongTimeout=5s",
                        "metrics.enabled=true",
                        "realtime.api.enabled=true",
                        "realtime.api.keys.admin=" + KEY);
        try (RtClient watcher = RtClient.ready(gateway);
                RtClient zombie = RtClient.in(gateway, "g1")) {
            watcher.send("{\"type\":\"identify\",\"payload\":{\"clientType\":\"dashboard\"}}");
            assertThat(watcher.next()).contains("\"groupId\":\"g1\"", "\"status\":\"UP\"");
            assertThat(watcher.type()).isEqualTo("ready");
            // The watcher answers the pings it meets while it waits; the zombie reads nothing.
            assertThat(watcher.next()).contains("\"groupId\":\"g1\"", "\"status\":\"DOWN\"");
            assertThat(zombie.socket().readClose().closeCode()).isEqualTo(4000);
        }
        // Nobody is left to be asked, so nobody can be too late with an answer.
        await().untilAsserted(() ->
                assertThat(gateway.get("/metrics").body())
                        .contains(
                                "gateway_realtime_connections{face=\"rt\"} 0.0",
                                "gateway_rt_groups 0.0"));
        assertThat(listing(gateway, "/presence?channel=rt:g1"))
                .contains("\"connections\":0", "\"members\":[]");
    }

    @Test
    void pingsKeepWhoAnswersThem() {
        RunningGateway gateway =
                gateways.start(
                        Preset.rt(),
                        "realtime.websocket.pingInterval=1s",
                        "realtime.websocket.pongTimeout=3s");
        try (RtClient client = RtClient.ready(gateway)) {
            for (int pings = 0; pings < 3; pings++) {
                assertThat(client.socket().read().opcode()).isEqualTo(RawWebSocket.PING);
                client.socket().pong();
            }
            client.hearsNothing();
        }
    }
}
