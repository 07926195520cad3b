package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Retention;
import io.sluice.core.fail.FailureKind;
import io.sluice.testkit.LeakCheck;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two nodes on one bus that loses something now and then.
@ExtendWith(LeakCheck.class)
class LossyClusterTest extends TwoNodes {
    @Test
    void aHoleInTheNumbersIsClosedFromHistory() throws Exception {
        Client ann = a.client(0);
        ann.join("kept:g");
        publish(b, "kept:g", "1");

        busA.cut();
        publish(b, "kept:g", "2", "3");
        busA.mendSilently();
        publish(b, "kept:g", "4");
        publish(b, "kept:g", "5");

        assertThat(ann.lines()).containsExactly("1", "2", "3", "4", "5");
        assertThat(a.counts.gaps).hasValue(1);
    }

    @Test
    void aHoleThatCannotBeClosedIsAnnouncedBeforeWhatFollows() throws Exception {
        Client ann = a.client(0);
        ann.join("kept:g");
        publish(b, "kept:g", "1");

        busA.cut();
        publish(b, "kept:g", "2", "3", "4", "5", "6", "7", "8");
        busA.mendSilently();
        publish(b, "kept:g", "9", "10");

        assertThat(ann.lines()).containsExactly("1", "gap kept:g", "9", "10");
    }

    @Test
    void aGapBehindAQuestionIsAskedForToo() throws Exception {
        Client ann = a.client(0);
        ann.join("kept:g");
        publish(b, "kept:g", "1");

        CompletableFuture<String> slow = new CompletableFuture<>();
        busA.answers = slow;
        busA.cut();
        publish(b, "kept:g", "2");
        busA.mend();
        busA.cut();
        publish(b, "kept:g", "3");
        busA.mend();
        assertThat(ann.lines()).containsExactly("1");
        slow.complete("");
        settle();

        assertThat(ann.lines()).containsExactly("1", "2", "3");
    }

    @Test
    void whatCannotBeReadIsNoHole() throws Exception {
        Client ann = a.client(0);
        ann.join("kept:g");
        publish(b, "kept:g", "1");
        shared.numberedTopics().publish("sluice:kept:kept:g", new byte[] {9}, Retention.STANDARD);
        publish(b, "kept:g", "2");

        assertThat(ann.lines()).containsExactly("1", "2");
        assertThat(a.counts.gaps).hasValue(0);
    }

    @Test
    void moreThanTheBytesOfTheHistoryIsNotRecovered() throws Exception {
        String large = "x".repeat(HubFixture.KEPT_BYTES / 3);
        Client ann = a.client(0);
        Joined first = ann.join("kept:g");
        ann.end();
        publish(b, "kept:g", large, large);
        Joined second = b.client(0).join("kept:g", first.latest());
        publish(b, "kept:g", large, large);
        Joined third = b.client(0).join("kept:g", first.latest());

        assertThat(second.recovered()).isTrue();
        assertThat(second.missed()).hasSize(2);
        assertThat(third.recovered()).isFalse();
        assertThat(third.missed()).isEmpty();
        assertThat(third.latest()).isNotEqualTo(second.latest());
        assertThat(b.hub.history("kept:g", 9).toCompletableFuture().get().messages()).hasSize(2);
    }

    @Test
    void theNewestAreGivenHoweverManyAreKept() throws Exception {
        publish(a, "kept:g", "1", "2", "3", "4", "5", "6", "7");

        assertThat(b.hub.history("kept:g", 3).toCompletableFuture().get().messages())
                .extracting(message -> new String(message.body(), StandardCharsets.UTF_8))
                .containsExactly("5", "6", "7");
        assertThat(b.hub.history("kept:g", 9).toCompletableFuture().get().messages()).hasSize(5);
    }

    @Test
    void aConnectionThatIsSentAwayBeforeItOpensIsClosedOnceItDoes() throws Exception {
        RecordingWire wire = new RecordingWire();
        ConnectionId id = ConnectionId.random(new SplittableRandom());
        Connection late = new Connection(a.loop(1), id, "test", null, "192.0.2.1", wire, a.form);
        b.hub.disconnect(id, FailureKind.KICKED, "bye");
        settle();

        a.run(1, () -> a.hub.open(late));

        assertThat(wire.closed()).isEqualTo(FailureKind.KICKED);
    }
}
