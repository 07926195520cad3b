package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.edge.MemoryWatch;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Scenario S17 and the rows R21, R29 and R30: clients that send too much, too fast or do not read.
class RtAbuseIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void s17RefusesWhatIsTooLongOrNoText() {
        RunningGateway gateway = gateways.start(Preset.rt());
        try (RtClient fits = RtClient.ready(gateway);
                RtClient over = RtClient.ready(gateway);
                RtClient broken = RtClient.ready(gateway)) {
            fits.send("x".repeat(64 * 1024));
            assertThat(fits.next()).contains("BAD_JSON");
            over.send("x".repeat(64 * 1024 + 1));
            assertThat(over.socket().readClose().closeCode()).isEqualTo(1009);
            broken.socket()
                    .send(
                            RawWebSocket.frame(
                                    RawWebSocket.FIN | RawWebSocket.TEXT,
                                    new byte[] {(byte) 0xc3, 0x28}));
            assertThat(broken.socket().readClose().closeCode()).isEqualTo(1007);
            fits.hearsNothing();
        }
    }

    @Test
    void s17ClosesAReaderThatStopsAndHoldsUpNobodyElse() {
        RunningGateway gateway =
                gateways.start(
                        Preset.rt(),
                        "realtime.limits.framesPerSecond=0",
                        // Those who only read say nothing for as long as all of this takes.
                        "realtime.rt.heartbeatTimeout=5m",
                        "realtime.websocket.pingInterval=0",
                        // Who stopped is told of its end, however late it looks.
                        "realtime.websocket.closeTimeout=5m",
                        "metrics.enabled=true");
        int frames = 50_000_000 / 60_000;
        String update =
                "{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"g1\",\"payload\":{\"data\":\""
                        + "x".repeat(60_000)
                        + "\"}}";
        try (RtClient stopped = RtClient.in(gateway, "g1");
                RtClient reader = RtClient.in(gateway, "g1");
                RtClient sender = RtClient.ready(gateway);
                MemoryWatch memory = MemoryWatch.start()) {
            for (int i = 0; i < frames; i++) {
                sender.send(update);
                // Whatever happens to the one, the other has each message before the next is sent.
                assertThat(reader.raw()).hasSameSizeAs(update);
                if (i == 12_000_000 / 60_000) {
                    assertThat(stopped.socket().readClose().closeCode()).isEqualTo(4002);
                    stopped.socket().closing();
                }
            }
            assertThat(memory.growth()).isLessThan(8 * 1024 * 1024);
            await().until(() ->
                    gateway.get("/metrics")
                            .body()
                            .contains(
                                    "gateway_realtime_closes_total{face=\"rt\",reason=\"slow_consumer\"} 1.0"));
        }
    }

    @Test
    void whoFloodsIsToldAndClosed() {
        RunningGateway gateway = gateways.start(Preset.rt());
        try (RtClient other = RtClient.in(gateway, "g1");
                RtClient flood = RtClient.ready(gateway)) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            byte[] one = RawWebSocket.frame(RawWebSocket.FIN | RawWebSocket.TEXT, "{bad");
            for (int i = 0; i < 1_000; i++) {
                frames.writeBytes(one);
            }
            flood.socket().send(frames.toByteArray());
            int answered = 0;
            String text = flood.raw();
            while (text.contains("BAD_JSON")) {
                answered++;
                text = flood.raw();
            }
            // A slow run may be allowed a few more; all of them would be 1,000.
            assertThat(answered).isBetween(40, 900);
            assertThat(text).contains("\"code\":\"RATE_LIMITED\"");
            assertThat(flood.socket().readClose().closeCode()).isEqualTo(1008);
            other.hearsNothing();
        }
    }

    @Test
    void aFrameRateWithinTheLimitIsServedForEver() {
        RunningGateway gateway = gateways.start(Preset.rt());
        try (RtClient client = RtClient.ready(gateway)) {
            for (int i = 0; i < 40; i++) {
                client.send("{\"type\":\"heartbeat\"}");
            }
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            client.hearsNothing();
        }
    }

    @Test
    void groupsThatComeAndGoLeaveNothingBehind() {
        RunningGateway gateway =
                gateways.start(
                        Preset.rt(), "realtime.limits.framesPerSecond=0", "metrics.enabled=true");
        try (RtClient client = RtClient.ready(gateway)) {
            for (int i = 0; i < 10_000; i++) {
                client.identify("app-client", "group-" + i);
                if (i % 100 == 99) {
                    for (int answers = 0; answers < 200; answers++) {
                        client.raw();
                    }
                }
            }
            await().until(() -> gateway.get("/metrics").body().contains("gateway_rt_groups 1.0"));
            String page = gateway.get("/metrics").body();
            assertThat(page.lines().count()).isLessThan(5_000);
            assertThat(page).doesNotContain("group-");
        }
    }

    @Test
    void whoIsTooManyIsRefusedAndMayComeLater() {
        RunningGateway gateway = gateways.start(Preset.rt(), "frontend.http.maxConnections=50");
        List<RtClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(RtClient.ready(gateway));
        }
        for (int i = 0; i < 50; i++) {
            try (RawClient extra = RawClient.connect(gateway.port())) {
                RawWebSocket.ask(extra, "/rt");
                RawResponse answer = extra.head();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.headers().all("Retry-After")).isNotEmpty();
            }
        }
        clients.forEach(RtClient::hearsNothing);
        clients.forEach(RtClient::close);
        await().ignoreExceptions()
                .until(() -> {
                    try (RtClient again = RtClient.ready(gateway)) {
                        again.hearsNothing();
                        return true;
                    }
                });
    }

    @Test
    void anAddressHasItsShare() {
        RunningGateway gateway =
                gateways.start(Preset.rt(), "realtime.limits.connectionsPerAddress=2");
        try (RtClient one = RtClient.ready(gateway)) {
            RtClient two = RtClient.ready(gateway);
            try (RawClient three = RawClient.connect(gateway.port())) {
                RawWebSocket.ask(three, "/rt");
                assertThat(three.head().status()).isEqualTo(429);
            }
            two.close();
            await().ignoreExceptions()
                    .until(() -> {
                        try (RtClient again = RtClient.ready(gateway)) {
                            again.hearsNothing();
                            return true;
                        }
                    });
            one.hearsNothing();
        }
    }
}
