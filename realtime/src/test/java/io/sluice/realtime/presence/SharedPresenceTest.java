package io.sluice.realtime.presence;

import static io.sluice.realtime.presence.PresenceStatus.OFFLINE;
import static io.sluice.realtime.presence.PresenceStatus.TYPING;
import static io.sluice.realtime.presence.SharedNodes.come;
import static io.sluice.realtime.presence.SharedNodes.go;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Lease;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.time.ManualTicker;
import io.sluice.realtime.session.LeasesInterrupted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Who is there, and who is told of it, when users are on several nodes.
final class SharedPresenceTest {
    private final SharedNodes nodes = new SharedNodes();
    private final LocalBus bus = nodes.bus;
    private final Overheard heard = nodes.heard;
    private final List<Presence> living = nodes.living;
    private final Presence one = nodes.node("one");
    private final Presence two = nodes.node("two");

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
        nodes.pass(60);
        assertThat(heard.said()).isEmpty();
        assertThat(one.in("r")).containsKey("alice");
        go(two, there, "r");
        nodes.pass(11);
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
        nodes.pass(30);
        assertThat(heard.said()).containsExactly("r alice offline GONE", "alice gone");
    }

    @Test
    void whoMovesToAnotherNodeInTimeWasNeverAway() {
        PresenceUser here = come(one, "alice", "r");
        heard.forget();
        go(one, here, "r");
        nodes.pass(5);
        come(two, "alice", "r");
        nodes.pass(120);
        assertThat(heard.said()).isEmpty();
        assertThat(bus.leases().living("presence:room:r:exp")).containsExactly("alice");
    }

    @Test
    void aNodeThatDiedLeavesNoGhostLongerThanItsLease() {
        come(one, "alice", "r");
        come(two, "bob", "r");
        nodes.pass(26);
        living.remove(one);
        heard.forget();

        nodes.pass(50);
        assertThat(heard.said()).isEmpty();
        nodes.pass(15);
        assertThat(heard.said()).containsExactlyInAnyOrder("r alice offline LOST", "alice gone");
        assertThat(two.in("r")).containsOnlyKeys("bob");
        nodes.pass(120);
        assertThat(heard.said()).hasSize(2);
    }

    @Test
    void whoDiedAloneInARoomIsFoundByWhoeverComesLater() {
        come(one, "alice", "r");
        nodes.pass(26);
        living.remove(one);
        nodes.pass(600);
        heard.forget();
        assertThat(two.in("r")).isEmpty();

        come(two, "bob", "r");
        nodes.pass(60);
        assertThat(heard.said()).containsExactly("r bob online CAME", "r alice offline LOST");
        assertThat(bus.table().get("presence:room:r")).containsOnlyKeys("bob");
    }

    @Test
    void aNodeThatWasOnlyHeldUpSaysThatItsUsersAreThereAfterAll() {
        come(one, "alice", "r");
        come(two, "bob", "r");
        nodes.pass(26);
        living.remove(one);
        nodes.pass(70);
        assertThat(heard.said()).contains("r alice offline LOST");
        heard.forget();

        living.add(one);
        nodes.pass(60);
        assertThat(heard.said()).containsExactly("r alice online BACK");
        assertThat(two.in("r")).containsOnlyKeys("alice", "bob");
    }

    @Test
    void whoIsFoundToBeLostInTwoWaysIsToldOnce() {
        PresenceStore store =
                PresenceStore.shared(
                        bus.table(), bus.leases(), "three", PresenceConfig.DEFAULT.lease());
        come(one, "alice", "r");
        bus.leases().release(new Lease("presence:room:r:exp", "alice"));
        bus.leases().release(new Lease("presence:room:r:nodes:alice", "one"));

        assertThat(store.lost("r")).containsExactly("alice");
        assertThat(store.forget("r", "alice")).isTrue();
        assertThat(store.forget("r", "alice")).isFalse();
    }

    @Test
    void theGhostOfADeadNodeIsToldByOneOfTheOthers() {
        nodes.node("three");
        come(one, "alice", "r");
        for (Presence node : living) {
            come(node, "bob", "r");
        }
        living.remove(one);
        heard.forget();

        nodes.pass(70);
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
        nodes.pass(60);
        assertThat(heard.said()).containsExactly("r ghost offline LOST");
    }

    @Test
    void refreshingKeepsALongStayAlive() {
        come(one, "alice", "r");
        heard.forget();
        nodes.pass(299);
        assertThat(heard.said()).isEmpty();
        assertThat(two.in("r")).containsKey("alice");
    }

    @Test
    void aUserOfTwoNodesIsNotIdleWhileAnotherNodeHasHim() {
        come(one, "alice", "r");
        PresenceUser there = come(two, "alice", "r");
        heard.forget();
        for (int i = 0; i < 6; i++) {
            nodes.pass(100);
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
        nodes.pass(60);
        assertThat(heard.said()).doesNotContain("r alice offline LOST");
        assertThat(bus.leases().living("presence:room:r:exp")).containsExactly("alice");
    }

    @Test
    void aNodeThatEndsLeavesItsUsersTheTimeOfGraceOnly() {
        come(one, "alice", "r");
        come(one, "carol", "r");
        come(two, "bob", "r");
        nodes.pass(20);
        heard.forget();
        living.remove(one);
        one.close();
        nodes.pass(5);
        come(two, "carol", "r");
        nodes.pass(4);
        assertThat(heard.said()).isEmpty();
        nodes.pass(6);
        assertThat(heard.said()).containsExactlyInAnyOrder("r alice offline LOST", "alice gone");
        nodes.pass(120);
        assertThat(heard.said()).hasSize(2);
        assertThat(two.in("r")).containsOnlyKeys("bob", "carol");
    }

    @Test
    void aUserOfAnotherNodeStaysWhenANodeEnds() {
        come(one, "alice", "r");
        come(two, "alice", "r");
        nodes.node("three");
        come(living.getLast(), "bob", "r");
        heard.forget();
        living.remove(one);
        one.close();
        nodes.pass(120);
        assertThat(heard.said()).isEmpty();
        assertThat(two.in("r")).containsOnlyKeys("alice", "bob");
    }

    @Test
    void whoGoesDuringARenewalLeavesNoGhost() {
        AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
        Presence three =
                nodes.node(
                        "three",
                        bus.table(),
                        new LeasesInterrupted(bus.leases(), () -> before.get().run()),
                        null);
        PresenceUser alice = come(three, "alice", "r");
        come(two, "bob", "r");
        before.set(() -> {
            before.set(() -> {});
            three.leave(alice, "r");
            three.disconnect(alice);
        });
        heard.forget();
        nodes.pass(26);
        assertThat(before.get()).isNotNull();
        assertThat(bus.leases().living("presence:room:r:exp")).containsExactly("bob");
        nodes.pass(11);
        assertThat(bus.leases().living("presence:users")).containsExactly("bob");
        assertThat(heard.said()).containsExactly("alice gone");
    }

    @Test
    void whoSaidToBeOfflineAndGoesIsTakenOutInSilence() {
        PresenceUser alice = come(one, "alice", "r");
        one.say(alice, "r", OFFLINE);
        heard.forget();
        go(one, alice, "r");
        nodes.pass(11);
        assertThat(heard.said()).containsExactly("r alice left", "alice gone");
    }
}
