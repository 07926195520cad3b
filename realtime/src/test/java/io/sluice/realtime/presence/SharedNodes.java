package io.sluice.realtime.presence;

import io.sluice.bus.Leases;
import io.sluice.bus.Table;
import io.sluice.bus.Topics;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several nodes that share one bus, with a clock moved by hand; what any of them says is overheard.
final class SharedNodes {
    final ManualTicker ticker = new ManualTicker();
    final LocalBus bus = LocalBus.alone(ticker);
    final Overheard heard = new Overheard();

    /// Those whose clocks go on; who is taken out has died.
    final List<Presence> living = new ArrayList<>();

    Presence node(String name) {
        return node(name, bus.table(), bus.leases(), null);
    }

    /// @param topics by which nodes tell each other who is not silent; null for none
    Presence node(String name, Table table, Leases leases, @Nullable Topics topics) {
        PresenceStore store =
                PresenceStore.shared(table, leases, name, PresenceConfig.DEFAULT.lease());
        Presence node = new Presence(store, null, topics, ticker, PresenceConfig.DEFAULT, heard);
        living.add(node);
        return node;
    }

    void pass(int seconds) {
        for (int i = 0; i < seconds * 4; i++) {
            ticker.advance(Duration.ofMillis(250));
            living.forEach(node -> node.clock().tick());
        }
    }

    static PresenceUser come(Presence node, String name, String room) {
        PresenceUser user = node.connect(name);
        node.enter(user, room, null);
        return user;
    }

    static void go(Presence node, PresenceUser user, String room) {
        node.part(user, room);
        node.disconnect(user);
    }
}
