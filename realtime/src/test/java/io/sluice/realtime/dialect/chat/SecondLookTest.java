package io.sluice.realtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.bus.node.NodeBus;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.ManualTicker;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.presence.Presence;
import io.sluice.realtime.presence.PresenceConfig;
import io.sluice.realtime.presence.PresenceEvent;
import io.sluice.realtime.presence.PresenceListener;
import io.sluice.realtime.presence.PresenceUser;
import io.sluice.realtime.session.Interruption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The book of a room, put right while connections come and go.
final class SecondLookTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Interruption meanwhile = new Interruption();
    @AutoClose private final Bus bus = NodeBus.open(nothingShared(), ticker, Metrics.unread());

    @AutoClose
    private final Presence presence =
            Presence.start(bus, ticker, PresenceConfig.DEFAULT, new Deaf());

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final RoomBook book = book(bus);
    private final Registrar registrar = registrar(book(meanwhile.of(Bus.class, bus)));
    private final SecondLook look = new SecondLook(registrar, presence, book);

    private static final class Deaf implements PresenceListener {
        @Override
        public void changed(PresenceEvent event) {}

        @Override
        public void left(String room, String user, long atMs) {}

        @Override
        public void gone(String user, long atMs, long sequence) {}
    }

    private static BusConfig nothingShared() {
        return Objects.requireNonNull(
                ConfigLoader.of("bus", BusConfig.class)
                        .load(new ConfigInput(List.of(), List.of(), Map.of()))
                        .value());
    }

    private static RoomBook book(Bus bus) {
        return new RoomBook(bus, ChatConfig.DEFAULT.details(), RoomBook.Entry.EVERYBODY);
    }

    private Registrar registrar(RoomBook book) {
        return new Registrar(book, ChannelNames.STANDARD, this::hear, Chat.FACE);
    }

    private void hear(MemberChange change) {
        told.add(change.userId() + ' ' + change.action() + ' ' + change.members());
    }

    private PresenceUser aliceIsInTheRoom() {
        PresenceUser alice = presence.connect("alice");
        presence.enter(alice, "r", null);
        return alice;
    }

    private void awaitTold(String... changes) {
        await().untilAsserted(() -> assertThat(told).containsExactly(changes));
    }

    @Test
    void whoeverIsThereAndNotInTheBookIsPutIntoIt() {
        aliceIsInTheRoom();
        look.after("r", "alice", ticker);
        awaitTold("alice JOINED [alice]");
        assertThat(book.lists("r", "alice")).isTrue();
        assertThat(registrar.back("r", "alice", 1)).isFalse();
    }

    @Test
    void ofTwoNodesThatLookAtOnceOneTellsIt() {
        aliceIsInTheRoom();
        meanwhile.before("add", () -> registrar(book).back("r", "alice", 1));
        assertThat(registrar.back("r", "alice", 2)).isFalse();
        assertThat(told).containsExactly("alice JOINED [alice]");
    }

    @Test
    void whoeverLeavesWhileHeIsPutIntoTheBookIsTakenOutAgain() {
        PresenceUser alice = aliceIsInTheRoom();
        meanwhile.before("add", () -> presence.leave(alice, "r"));
        look.after("r", "alice", ticker);
        awaitTold("alice JOINED [alice]", "alice LEFT []");
        assertThat(book.lists("r", "alice")).isFalse();
        assertThat(bus.table().get("user:alice:room")).isEmpty();
    }
}
