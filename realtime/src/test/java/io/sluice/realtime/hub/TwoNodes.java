package io.sluice.realtime.hub;

import io.sluice.bus.Bus;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.time.ManualTicker;
import org.junit.jupiter.api.AfterEach;

/// Two hubs on one bus, from which each can be cut.
abstract class TwoNodes {
    final Bus shared = LocalBus.alone(new ManualTicker());
    final CutBus busA = new CutBus("a", shared);
    final CutBus busB = new CutBus("b", shared);
    final HubFixture a = new HubFixture(busA);
    final HubFixture b = new HubFixture(busB);

    @AfterEach
    void close() {
        a.close();
        b.close();
        shared.close();
    }

    final void settle() throws Exception {
        a.settle();
        b.settle();
    }

    final void publish(HubFixture node, String channel, String... bodies) throws Exception {
        for (String body : bodies) {
            node.hub.publish(node.message(channel, body));
        }
        settle();
    }
}
