package io.sluice.realtime.presence;

import static io.sluice.realtime.presence.PresenceStatus.OFFLINE;
import static io.sluice.realtime.presence.PresenceStatus.TYPING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.time.ManualTicker;
import io.sluice.realtime.session.LeasesInterrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Several nodes that share one bus, with a clock moved by hand.
final class SharedPresenceTest {
    private final ManualTicker ticker = new ManualTicker();
    private final LocalBus bus = LocalBus.alone(ticker);
    private final Overheard heard = new Overheard();
    private final List<Presence> living = new ArrayList<>();
    private final Presence one = node("one");
    private final Presence two = node("two");

    private Presence node(String name) {
        return node(name, bus.leases());
    }

    private Presence node(String name, Leases leases) {
        PresenceStore store =
                PresenceStore.shared(bus.table(), leases, name, PresenceConfig.DEFAULT.lease());
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

    private static PresenceUser come(Presence node, String name, String room) {
        PresenceUser user = node.connect(name);
        node.enter(user, room, null);
        return user;
    }

    private static void go(Presence node, PresenceUser user, String room) {
        node.part(user, room);
        node.disconnect(user);
    }

    @Test
    void storageHasTheKeysOthersKnow() {
        PresenceUser alice = come(one, "alice", "room-1");
        one.say(alice, "room-1", TYPING);

        assertThat(bus.table().get("presence:room:room-1", "alice"))
                .isEqualTo(
                        "{\"status\":\"typing\",\"at\":"
                                + ManualTicker.START_MILLIS
                                + ",\"conns\":1}");
        assertThat(bus.leases().living("presence:room:room-1:exp")).containsExactly("alice");
    }

    @Test
    void aUserOfTwoNodesComesOnceAndGoesOnce() {
        PresenceUser here = come(one, "alice", "r");
        PresenceUser there = come(two, "alice", "r");
        assertThat(heard.said()).containsExactly("r alice online CAME");
        heard.forget();

        go(one, here, "r");
        pass(60);
        assertThat(heard.said()).isEmpty();
        assertThat(one.in("r")).containsKey("alice");
        go(two, there, "r");
        pass(11);
        assertThat(heard.said()).containsExactly("r alice offline GONE", "alice gone");
        assertThat(bus.table().get("presence:room:r")).isEmpty();
        assertThat(bus.leases().living("presence:users")).isEmpty();
    }

    @Test
    void bothGoAtOnceAndItIsToldOnce() {
        PresenceUser here = come(one, "alice", "r");
        PresenceUser there = come(two, "alice", "r");
        heard.forget();

        go(one, here, "r");
        go(two, there, "r");
        pass(30);
        assertThat(heard.said()).containsExactly("r alice offline GONE", "alice gone");
    }

    @Test
    void whoMovesToAnotherNodeInTimeWasNeverAway() {
        PresenceUser here = come(one, "alice", "r");
        heard.forget();
        go(one, here, "r");
        pass(5);
        come(two, "alice", "r");
        pass(120);
        assertThat(heard.said()).isEmpty();
        assertThat(bus.leases().living("presence:room:r:exp")).containsExactly("alice");
    }

    @Test
    void aNodeThatDiedLeavesNoGhostLongerThanItsLease() {
        come(one, "alice", "r");
        come(two, "bob", "r");
        pass(26);
        living.remove(one);
        heard.forget();

        pass(50);
        assertThat(heard.said()).isEmpty();
        pass(15);
        assertThat(heard.said()).containsExactlyInAnyOrder("r alice offline LOST", "alice gone");
        assertThat(two.in("r")).containsOnlyKeys("bob");
        pass(120);
        assertThat(heard.said()).hasSize(2);
    }

    @Test
    void theGhostOfADeadNodeIsToldByOneOfTheOthers() {
        node("three");
        come(one, "alice", "r");
        for (Presence node : living) {
            come(node, "bob", "r");
        }
        living.remove(one);
        heard.forget();

        pass(70);
        assertThat(heard.said()).containsExactlyInAnyOrder("r alice offline LOST", "alice gone");
    }

    @Test
    void aRecordWithoutLeaseIsFoundAndToldOnce() {
        come(one, "bob", "r");
        bus.table()
                .put(
                        "presence:room:r",
                        "ghost",
                        "{\"status\":\"online\",\"at\":1,\"conns\":1}",
                        Duration.ofSeconds(60));
        heard.forget();
        pass(60);
        assertThat(heard.said()).containsExactly("r ghost offline LOST");
    }

    @Test
    void refreshingKeepsALongStayAlive() {
        come(one, "alice", "r");
        heard.forget();
        pass(299);
        assertThat(heard.said()).isEmpty();
        assertThat(two.in("r")).containsKey("alice");
    }

    @Test
    void aUserOfTwoNodesIsNotIdleWhileAnotherNodeHasHim() {
        come(one, "alice", "r");
        PresenceUser there = come(two, "alice", "r");
        heard.forget();
        for (int i = 0; i < 6; i++) {
            pass(100);
            two.heard(there);
        }
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void leavingIsTheLastOneOnlyWithoutOtherNodes() {
        PresenceUser here = come(one, "alice", "r");
        PresenceUser there = come(two, "alice", "r");
        assertThat(one.leave(here, "r").toCompletableFuture()).isCompletedWithValue(false);
        assertThat(two.leave(there, "r").toCompletableFuture()).isCompletedWithValue(true);
        assertThat(bus.table().get("presence:room:r")).isEmpty();
    }

    @Test
    void aLostLeaseOfSomebodyHereIsTakenAgain() {
        come(one, "alice", "r");
        bus.leases().release(new Lease("presence:room:r:exp", "alice"));
        heard.forget();
        pass(60);
        assertThat(heard.said()).doesNotContain("r alice offline LOST");
        assertThat(bus.leases().living("presence:room:r:exp")).containsExactly("alice");
    }

    @Test
    void aNodeThatEndsLeavesItsUsersTheTimeOfGraceOnly() {
        come(one, "alice", "r");
        come(one, "carol", "r");
        come(two, "bob", "r");
        pass(20);
        heard.forget();
        living.remove(one);
        one.close();
        pass(5);
        come(two, "carol", "r");
        pass(4);
        assertThat(heard.said()).isEmpty();
        pass(6);
        assertThat(heard.said()).containsExactlyInAnyOrder("r alice offline LOST", "alice gone");
        pass(120);
        assertThat(heard.said()).hasSize(2);
        assertThat(two.in("r")).containsOnlyKeys("bob", "carol");
    }

    @Test
    void aUserOfAnotherNodeStaysWhenANodeEnds() {
        come(one, "alice", "r");
        come(two, "alice", "r");
        node("three");
        come(living.getLast(), "bob", "r");
        heard.forget();
        living.remove(one);
        one.close();
        pass(120);
        assertThat(heard.said()).isEmpty();
        assertThat(two.in("r")).containsOnlyKeys("alice", "bob");
    }

    @Test
    void whoGoesDuringARenewalLeavesNoGhost() {
        AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
        Presence three =
                node("three", new LeasesInterrupted(bus.leases(), () -> before.get().run()));
        PresenceUser alice = come(three, "alice", "r");
        come(two, "bob", "r");
        before.set(() -> {
            before.set(() -> {});
            three.leave(alice, "r");
            three.disconnect(alice);
        });
        heard.forget();
        pass(26);
        assertThat(before.get()).isNotNull();
        assertThat(bus.leases().living("presence:room:r:exp")).containsExactly("bob");
        pass(11);
        assertThat(bus.leases().living("presence:users")).containsExactly("bob");
        assertThat(heard.said()).containsExactly("alice gone");
    }

    @Test
    void whoSaidToBeOfflineAndGoesIsTakenOutInSilence() {
        PresenceUser alice = come(one, "alice", "r");
        one.say(alice, "r", OFFLINE);
        heard.forget();
        go(one, alice, "r");
        pass(11);
        assertThat(heard.said()).containsExactly("r alice left", "alice gone");
    }
}
