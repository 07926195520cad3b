package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.FailureKind;
import io.sluice.testkit.LeakCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two nodes on one bus.
@ExtendWith(LeakCheck.class)
class ClusterTest extends TwoNodes {
    @Test
    void aMessageReachesMembersOfAllNodes() throws Exception {
        Client ann = a.client(0);
        Client bob = b.client(1);
        for (String channel : List.of("rt:g", "kept:g", "bare:g", "bare:kept")) {
            ann.join(channel);
            bob.join(channel);
        }

        publish(a, "rt:g", "1");
        publish(b, "kept:g", "2");
        publish(a, "bare:g", "3");
        publish(b, "bare:kept", "4");

        assertThat(ann.lines()).containsExactly("1", "2", "3", "4");
        assertThat(bob.lines()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void oneConnectionOnAnotherNodeCanBeLeftOut() throws Exception {
        Client ann = a.client(0);
        Client bob = b.client(0);
        ann.join("rt:g");
        bob.join("rt:g");
        var notBob = new Message.Reach(Message.Keep.KEPT, bob.connection().id());

        a.hub.publish(a.message("rt:g", "1").to(notBob));
        settle();

        assertThat(ann.lines()).containsExactly("1");
        assertThat(bob.lines()).isEmpty();
    }

    @Test
    void aChannelIsSubscribedFromItsFirstMemberToItsLast() throws Exception {
        Client ann = a.client(0);
        Client bob = a.client(1);

        ann.join("rt:g");
        bob.join("rt:g");
        ann.join("kept:g");
        assertThat(busA.subscribed)
                .containsExactlyInAnyOrder(
                        "sluice:control", "sluice:rt:g", "sluice:kept:g", "sluice:kept:kept:g");
        ann.leave("rt:g");
        assertThat(busA.subscribed).contains("sluice:rt:g");
        bob.end();
        ann.end();

        assertThat(busA.subscribed).containsExactly("sluice:control");
        assertThat(busB.subscribed).containsExactly("sluice:control");
    }

    @Test
    void aJoinEndsOnlyWhenTheChannelIsHeard() throws Exception {
        for (String channel : List.of("rt:g", "kept:g")) {
            CompletableFuture<Object> ready = new CompletableFuture<>();
            busA.ready = ready;
            Client ann = a.client(0);

            CompletionStage<Joined> joined = a.on(0, () -> a.hub.join(ann.connection(), channel));
            assertThat(joined.toCompletableFuture()).isNotDone();
            ready.complete("now");
            a.settle();

            assertThat(joined).isCompleted();
            publish(b, channel, "1");
            assertThat(ann.lines()).containsExactly("1");
        }
    }

    @Test
    void aConnectionThatEndsWhileItJoinsLeavesNothing() throws Exception {
        CompletableFuture<Object> ready = new CompletableFuture<>();
        busA.ready = ready;
        Client ann = a.client(0);
        var joined = a.on(0, () -> a.hub.join(ann.connection(), "kept:g"));

        ann.end();
        ready.complete("now");
        a.settle();

        assertThat(joined).isCompletedExceptionally();
        assertThat(busA.subscribed).containsExactly("sluice:control");
        assertThat(a.hub.channels()).isEmpty();
    }

    @Test
    void whatWasMissedOnOneNodeIsRecoveredOnAnother() throws Exception {
        Client ann = a.client(0);
        Joined first = ann.join("kept:g");
        ann.end();
        publish(b, "kept:g", "1", "2");

        Client again = b.client(0);
        Joined joined = again.join("kept:g", first.latest());

        assertThat(joined.recovered()).isTrue();
        assertThat(joined.missed())
                .extracting(message -> new String(message.body(), StandardCharsets.UTF_8))
                .containsExactly("1", "2");
        assertThat(b.hub.history("kept:g", 9).toCompletableFuture().get().messages()).hasSize(2);
    }

    @Test
    void aGapIsClosedFromHistoryAndNothingComesTwice() throws Exception {
        Client ann = a.client(0);
        ann.join("kept:g");
        publish(b, "kept:g", "1");

        busA.cut();
        publish(b, "kept:g", "2", "3");
        busA.mend();
        busA.mend();
        settle();
        publish(b, "kept:g", "4");

        assertThat(ann.lines()).containsExactly("1", "2", "3", "4");
        assertThat(a.counts.gaps).hasPositiveValue();
    }

    @Test
    void aGapBeforeTheFirstMessageIsClosedToo() throws Exception {
        Client ann = a.client(0);
        ann.join("kept:g");

        busA.cut();
        publish(b, "kept:g", "1");
        busA.mend();
        settle();

        assertThat(ann.lines()).containsExactly("1");
    }

    @Test
    void aGapThatCannotBeClosedIsAnnounced() throws Exception {
        Client ann = a.client(0);
        ann.join("kept:g");
        ann.join("rt:g");

        busA.cut();
        publish(b, "rt:g", "lost");
        publish(b, "kept:g", "1", "2", "3", "4", "5", "6");
        busA.mend();
        settle();
        publish(b, "kept:g", "7");

        assertThat(ann.lines()).containsExactlyInAnyOrder("gap rt:g", "gap kept:g", "7");
    }

    @Test
    void othersOnTheBusAreHeardAndHearKeptMessagesToo() throws Exception {
        List<String> heard = new ArrayList<>();
        shared.topics()
                .subscribe(
                        "room:bare:kept",
                        (name, payload) ->
                                heard.add(new String(payload, StandardCharsets.UTF_8).strip()));
        Client ann = a.client(0);
        ann.join("bare:kept");

        publish(b, "bare:kept", "ours");
        shared.topics().publish("room:bare:kept", "theirs".getBytes(StandardCharsets.UTF_8));
        shared.topics().publish("room:bare:kept", "bad".getBytes(StandardCharsets.UTF_8));
        settle();

        assertThat(heard).containsExactly("ours", "theirs", "bad");
        assertThat(ann.lines()).containsExactly("ours", "theirs");
        assertThat(a.counts.unreadable).hasValue(1);
    }

    @Test
    void whatHasNoFormOnTheBusStaysOnItsNode() throws Exception {
        Client ann = a.client(0);
        Client bob = b.client(0);
        ann.join("bare:g");
        bob.join("bare:g");

        a.hub.publish(new PresenceChange("bare:g", "test", "ann", "up", new byte[0], 0));
        settle();

        assertThat(ann.lines()).containsExactly("ann up");
        assertThat(bob.lines()).isEmpty();
    }

    @Test
    void aUserIsDisconnectedOnAllNodes() throws Exception {
        Client onA = a.client(0, "ann", a.form);
        Client onB = b.client(1, "ann", b.form);
        Client bob = b.client(1, "bob", b.form);

        a.hub.disconnectUser("ann", FailureKind.KICKED, "bye");
        b.hub.disconnect(bob.connection().id(), FailureKind.KICKED, "bye");
        shared.topics().publish("sluice:control", new byte[] {9});
        settle();

        assertThat(List.of(onA, onB, bob))
                .extracting(client -> client.wire().closed())
                .containsOnly(FailureKind.KICKED);
    }

    @Test
    void theMembersOfAllNodesAreCounted() throws Exception {
        a.client(0).join("rt:g");
        Client bob = b.client(0);
        bob.join("rt:g");
        bob.join("rt:h");
        Occupancy onA = new Occupancy(a.hub, busA);
        Occupancy onB = new Occupancy(b.hub, busB);

        assertThat(onA.count().members()).isEqualTo(Map.of("rt:g", 1));
        onA.tell();
        onB.tell();
        assertThat(onA.count().members()).isEqualTo(Map.of("rt:g", 2, "rt:h", 1));
        assertThat(onB.count().missingNodes()).isEmpty();
        bob.leave("rt:h");
        onB.tell();
        assertThat(onA.count().members()).isEqualTo(Map.of("rt:g", 2));

        shared.table().remove("sluice:channels:b");
        assertThat(onA.count().missingNodes()).containsExactly("b");
        onB.close();
        assertThat(onA.count().missingNodes()).isEmpty();
        assertThat(onA.count().members()).isEqualTo(Map.of("rt:g", 1));
    }
}
