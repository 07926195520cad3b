package io.sluice.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Leases;
import io.sluice.bus.Table;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.realtime.session.Interruption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Somebody comes in by one node just while another decides that he is gone.
final class PresenceRacesTest {
    private static final String LEASES = "presence:room:r:exp";

    private final SharedNodes nodes = new SharedNodes();
    private final LocalBus bus = nodes.bus;
    private final Overheard heard = nodes.heard;
    private final Interruption meanwhile = new Interruption();
    private final Presence slow =
            nodes.node(
                    "slow",
                    meanwhile.of(Table.class, bus.table()),
                    meanwhile.of(Leases.class, bus.leases()),
                    null);
    private final Presence other = nodes.node("other");

    private static PresenceUser come(Presence node, String name) {
        return SharedNodes.come(node, name, "r");
    }

    private void hereAsFarAsAnybodyKnows() {
        assertThat(slow.in("r")).containsKey("alice");
        assertThat(bus.table().get("presence:room:r")).containsKey("alice");
        assertThat(bus.leases().living(LEASES)).contains("alice");
        assertThat(bus.leases().living("presence:users")).contains("alice");
    }

    /// A third node has alice, and dies; only the slow one looks for those who are lost.
    ///
    /// @return the third node
    private Presence aliceIsAboutToBeLost() {
        Presence dying = nodes.node("dying");
        come(dying, "alice");
        come(slow, "bob");
        nodes.pass(2);
        nodes.living.remove(dying);
        nodes.living.remove(other);
        heard.forget();
        return dying;
    }

    @Test
    void whoComesWhileItsEndIsSweptIsHereAndSaidToBe() {
        aliceIsAboutToBeLost();
        nodes.pass(50);
        meanwhile.before("remove", () -> come(other, "alice"));
        nodes.pass(20);

        hereAsFarAsAnybodyKnows();
        assertThat(heard.said()).containsExactly("r alice online CAME");
    }

    @Test
    void whoComesBeforeItsEndIsToldIsNotSaidToBeGone() {
        aliceIsAboutToBeLost();
        nodes.pass(50);
        meanwhile.before("sweep", () -> nodes.ticker.advance(Duration.ofSeconds(15)));
        meanwhile.behind("sweep", () -> come(other, "alice"));
        nodes.pass(6);

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
        SharedNodes.go(slow, alice, "r");
        nodes.pass(9);
        meanwhile.before("remove", () -> come(other, "alice"));
        nodes.pass(60);

        hereAsFarAsAnybodyKnows();
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void whoConnectsToAnotherNodeWhileHeIsLetGoOfIsNotSaidToBeGone() {
        PresenceUser alice = slow.connect("alice");
        slow.disconnect(alice);
        nodes.pass(9);
        meanwhile.behind("living", () -> other.connect("alice"));
        nodes.pass(6);

        assertThat(bus.leases().living("presence:users")).contains("alice");
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void whoIsHeardOfAgainWhileItsEndIsSweptIsNotSaidToBeGone() {
        Presence heldUp = aliceIsAboutToBeLost();
        nodes.pass(50);
        meanwhile.before("remove", () -> heldUp.clock().tick());
        nodes.pass(20);

        hereAsFarAsAnybodyKnows();
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void aNodeThatWasHeldUpRenewsFirstAndSaysWhoIsThereOnceItCanLook() {
        come(slow, "alice");
        come(slow, "carol");
        come(other, "carol");
        nodes.pass(26);
        nodes.living.remove(slow);
        nodes.pass(70);
        assertThat(heard.said()).contains("r alice offline LOST");
        heard.forget();

        meanwhile.before(
                "get",
                () -> {
                    throw new GatewayException(Failure.of(FailureKind.UNAVAILABLE, "gone"));
                });
        nodes.living.add(slow);
        nodes.pass(1);
        assertThat(bus.leases().living(LEASES)).containsExactlyInAnyOrder("alice", "carol");
        assertThat(heard.said()).isEmpty();
        nodes.pass(60);
        assertThat(heard.said()).containsExactly("r alice online BACK");
        hereAsFarAsAnybodyKnows();
    }

    @Test
    void whoIsSaidToBeGoneInItsTimeOfGraceIsSaidToBeThereOnceItComesBack() {
        PresenceUser alice = come(slow, "alice");
        come(other, "bob");
        nodes.pass(26);
        nodes.living.remove(slow);
        nodes.pass(70);
        SharedNodes.go(slow, alice, "r");
        heard.forget();
        nodes.living.add(slow);
        nodes.pass(5);
        assertThat(heard.said()).isEmpty();
        come(slow, "alice");
        nodes.pass(30);
        assertThat(heard.said()).containsExactly("r alice online BACK");
        hereAsFarAsAnybodyKnows();
    }

    @Test
    void oneNodeLooksThroughAWholeRoomAndOnceAMinuteAtMost() {
        come(slow, "alice");
        come(other, "bob");
        nodes.pass(26);
        assertThat(bus.table().get("presence:seen:r")).containsKey("by");
        bus.table()
                .put(
                        "presence:room:r",
                        "ghost",
                        "{\"status\":\"online\",\"at\":1,\"conns\":1}",
                        Duration.ofSeconds(60));
        heard.forget();
        nodes.pass(30);
        assertThat(heard.said()).isEmpty();
        nodes.pass(60);
        assertThat(heard.said()).containsExactly("r ghost offline LOST");
    }
}
