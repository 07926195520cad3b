package io.sluice.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Leases;
import io.sluice.bus.Table;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.time.ManualTicker;
import io.sluice.realtime.session.Interruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Somebody comes in by one node just while another decides that he is gone.
final class PresenceRacesTest {
    private static final String LEASES = "presence:room:r:exp";

    private final ManualTicker ticker = new ManualTicker();
    private final LocalBus bus = LocalBus.alone(ticker);
    private final Interruption meanwhile = new Interruption();
    private final Overheard heard = new Overheard();
    private final List<Presence> living = new ArrayList<>();
    private final Presence slow =
            node(
                    "slow",
                    meanwhile.of(Table.class, bus.table()),
                    meanwhile.of(Leases.class, bus.leases()));
    private final Presence other = node("other", bus.table(), bus.leases());

    private Presence node(String name, Table table, Leases leases) {
        PresenceStore store =
                PresenceStore.shared(table, leases, name, PresenceConfig.DEFAULT.lease());
        Presence node = new Presence(store, null, null, ticker, PresenceConfig.DEFAULT, heard);
        living.add(node);
        return node;
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds * 4; i++) {
            ticker.advance(Duration.ofMillis(250));
            living.forEach(node -> node.clock().tick());
        }
    }

    private static PresenceUser come(Presence node, String name) {
        PresenceUser user = node.connect(name);
        node.enter(user, "r", null);
        return user;
    }

    private static void go(Presence node, PresenceUser user) {
        node.part(user, "r");
        node.disconnect(user);
    }

    private void hereAsFarAsAnybodyKnows() {
        assertThat(slow.in("r")).containsKey("alice");
        assertThat(bus.table().get("presence:room:r")).containsKey("alice");
        assertThat(bus.leases().living(LEASES)).contains("alice");
        assertThat(bus.leases().living("presence:users")).contains("alice");
    }

    /// A third node has alice, and dies; only the slow one looks for those who are lost.
    private void aliceIsAboutToBeLost() {
        Presence dying = node("dying", bus.table(), bus.leases());
        come(dying, "alice");
        come(slow, "bob");
        pass(2);
        living.remove(dying);
        living.remove(other);
        heard.forget();
    }

    @Test
    void whoComesWhileItsEndIsSweptIsHereAndSaidToBe() {
        aliceIsAboutToBeLost();
        pass(50);
        meanwhile.before("remove", () -> come(other, "alice"));
        pass(20);

        hereAsFarAsAnybodyKnows();
        assertThat(heard.said())
                .startsWith("r alice online CAME")
                .endsWith("r alice offline LOST", "r alice online CAME");
    }

    @Test
    void whoComesBeforeItsEndIsToldIsNotSaidToBeGone() {
        aliceIsAboutToBeLost();
        pass(50);
        meanwhile.before("sweep", () -> ticker.advance(Duration.ofSeconds(15)));
        meanwhile.behind("sweep", () -> come(other, "alice"));
        pass(6);

        hereAsFarAsAnybodyKnows();
        assertThat(heard.said()).containsExactly("r alice online CAME");
    }

    @Test
    void whoComesByAnotherNodeWhileHeIsLetGoOfStays() {
        PresenceUser alice = come(slow, "alice");
        meanwhile.before("remove", () -> come(other, "alice"));
        assertThat(slow.leave(alice, "r").toCompletableFuture()).isCompletedWithValue(false);

        hereAsFarAsAnybodyKnows();
        assertThat(other.in("r")).containsKey("alice");
    }

    @Test
    void whoComesByAnotherNodeAtTheEndOfGraceIsNotSaidToBeGone() {
        PresenceUser alice = come(slow, "alice");
        heard.forget();
        go(slow, alice);
        pass(9);
        meanwhile.before("remove", () -> come(other, "alice"));
        pass(60);

        hereAsFarAsAnybodyKnows();
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void whoConnectsToAnotherNodeWhileHeIsLetGoOfIsNotSaidToBeGone() {
        PresenceUser alice = slow.connect("alice");
        slow.disconnect(alice);
        pass(9);
        meanwhile.behind("living", () -> other.connect("alice"));
        pass(6);

        assertThat(bus.leases().living("presence:users")).contains("alice");
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void oneNodeLooksThroughAWholeRoomAndOnceAMinuteAtMost() {
        come(slow, "alice");
        come(other, "bob");
        pass(26);
        assertThat(bus.table().get("presence:seen:r")).containsKey("by");
        bus.table()
                .put(
                        "presence:room:r",
                        "ghost",
                        "{\"status\":\"online\",\"at\":1,\"conns\":1}",
                        Duration.ofSeconds(60));
        heard.forget();
        pass(30);
        assertThat(heard.said()).isEmpty();
        pass(60);
        assertThat(heard.said()).containsExactly("r ghost offline LOST");
    }
}
