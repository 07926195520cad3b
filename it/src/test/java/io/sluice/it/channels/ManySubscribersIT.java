package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.net.loop.Transport;
import io.sluice.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// More subscribers on one loop than go into one system call, with and without a ring to send through.
class ManySubscribersIT {
    private static final int MANY = 1100;
    private static final String CHANNEL = "open:many";
    private static final String LARGE = "x".repeat(8000);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();
    private final List<EventClient> subscribers = new ArrayList<>();

    private RunningGateway start(boolean sendRings) {
        RunningGateway gateway =
                gateways.start(ChannelCalls.CONFIG, "loops=1", "sendRings=" + sendRings);
        for (int i = 0; i < MANY; i++) {
            subscribers.add(EventClient.joined(gateway.port(), CHANNEL));
        }
        return gateway;
    }

    private void everybodyHears(RunningGateway gateway, int messages) {
        for (int i = 0; i < messages; i++) {
            ChannelCalls.publish(gateway, CHANNEL, Integer.toString(i));
        }
        for (EventClient subscriber : subscribers) {
            for (int i = 0; i < messages; i++) {
                assertThat(subscriber.next().data()).contains("\"data\":" + i + ",");
            }
        }
    }

    private static boolean hasRing(RunningGateway gateway) {
        return gateway.get("/metrics").body().contains("gateway_loops_with_send_ring 1.0");
    }

    @Test
    void everybodyHearsEverythingThroughARing() {
        assumeTrue(Transport.EPOLL.available(), "sockets are reached this way with epoll");
        RunningGateway gateway = start(true);
        everybodyHears(gateway, 1);
        await().until(() -> hasRing(gateway));

        everybodyHears(gateway, 20);

        try (RawClient slow = RawClient.connectNarrow(gateway.port(), 4096)) {
            slow.request("GET /events?channel=" + CHANNEL + " HTTP/1.1");
            slow.line();
            await().until(() ->
                    gateway.get("/metrics")
                            .body()
                            .contains("gateway_realtime_connections{face=\"sse\"} 1101.0"));
            for (int i = 0; i < 100; i++) {
                ChannelCalls.publish(gateway, CHANNEL, "\"" + LARGE + "\"");
            }
            for (EventClient subscriber : subscribers) {
                for (int i = 0; i < 100; i++) {
                    assertThat(subscriber.next().data()).contains(LARGE);
                }
            }
        }
        everybodyHears(gateway, 20);
        subscribers.forEach(EventClient::close);
    }

    @Test
    void everybodyHearsEverythingWithoutOne() {
        RunningGateway gateway = start(false);
        everybodyHears(gateway, 20);
        assertThat(hasRing(gateway)).isFalse();
        subscribers.forEach(EventClient::close);
    }
}
