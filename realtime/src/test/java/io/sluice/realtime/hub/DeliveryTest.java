package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.LeakCheck;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What members of a channel get, in which order, and in how many writes.
@ExtendWith(LeakCheck.class)
class DeliveryTest {
    private final HubFixture fixture = new HubFixture(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void onLoop(Runnable action) throws Exception {
        fixture.run(0, action);
    }

    private void publish(String channel, String body) {
        fixture.hub.publish(fixture.message(channel, body));
    }

    @Test
    void membersGetWhatIsPublishedAndOthersDoNot() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(0);
        Client outsider = fixture.client(0);
        ann.join("rt:g");
        bob.join("rt:g");

        ann.publish("rt:g", "hello");
        ann.publish("rt:nobody", "unheard");

        assertThat(ann.lines()).containsExactly("hello");
        assertThat(bob.lines()).containsExactly("hello");
        assertThat(outsider.lines()).isEmpty();
    }

    @Test
    void allBroadcastsOfOnePassAreOneTextEachOneWriteAndOneFlush() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(0);
        ann.join("rt:g");
        bob.join("rt:g");

        ann.publish("rt:g", "1", "2", "3", "4");

        assertThat(bob.lines()).containsExactly("1", "2", "3", "4");
        assertThat(bob.wire().writes()).isEqualTo(1);
        assertThat(bob.wire().flushes()).isEqualTo(1);
        assertThat(fixture.form.texts()).isEqualTo(4);
        assertThat(fixture.counts.delivered).hasValue(8);
    }

    @Test
    void whatIsSentToOneComesBehindWhatItsChannelsHold() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(0);
        ann.join("rt:g");
        bob.join("rt:g");

        onLoop(() -> {
            publish("rt:g", "1");
            ann.connection().outbox().send(bytes("own"));
            publish("rt:g", "2");
            ann.connection().outbox().send(bytes("own too"));
            publish("rt:g", "3");
        });

        assertThat(ann.lines()).containsExactly("1", "own", "2", "own too", "3");
        assertThat(bob.lines()).containsExactly("1", "2", "3");
        assertThat(bob.wire().writes()).isEqualTo(1);
        assertThat(ann.wire().flushes()).isEqualTo(1);
    }

    @Test
    void aMemberGetsWhatIsPublishedBetweenItsJoinAndItsLeave() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(0);
        ann.join("rt:g");

        onLoop(() -> {
            publish("rt:g", "before");
            fixture.hub.join(bob.connection(), "rt:g");
            publish("rt:g", "within");
            fixture.hub.leave(bob.connection(), "rt:g");
            publish("rt:g", "after");
        });

        assertThat(ann.lines()).containsExactly("before", "within", "after");
        assertThat(bob.lines()).containsExactly("within");
    }

    @Test
    void oneConnectionCanBeLeftOut() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(0);
        ann.join("rt:g");
        bob.join("rt:g");
        Message.Reach notAnn = new Message.Reach(Message.Keep.KEPT, ann.connection().id());

        onLoop(() -> {
            publish("rt:g", "1");
            fixture.hub.publish(fixture.message("rt:g", "not for ann").to(notAnn));
            publish("rt:g", "2");
        });

        assertThat(ann.lines()).containsExactly("1", "2");
        assertThat(bob.lines()).containsExactly("1", "not for ann", "2");
        assertThat(fixture.counts.delivered).hasValue(5);
    }

    @Test
    void theOnlyMemberCanBeLeftOut() throws Exception {
        Client ann = fixture.client(0);
        ann.join("rt:g");
        Message.Reach notAnn = new Message.Reach(Message.Keep.KEPT, ann.connection().id());

        onLoop(() -> fixture.hub.publish(fixture.message("rt:g", "own").to(notAnn)));

        assertThat(ann.lines()).isEmpty();
    }

    @Test
    void aMemberOfSeveralChannelsGetsAllInTheOrderOfPublishing() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(0);
        ann.join("rt:a");
        bob.join("rt:a");

        onLoop(() -> {
            publish("rt:a", "a0");
            fixture.hub.join(ann.connection(), "rt:b");
            publish("rt:b", "b1");
            publish("rt:a", "a2");
            publish("rt:b", "b3");
            fixture.hub.leave(ann.connection(), "rt:b");
            publish("rt:b", "b4");
            publish("rt:a", "a5");
        });

        assertThat(ann.lines()).containsExactly("a0", "b1", "a2", "b3", "a5");
        assertThat(bob.lines()).containsExactly("a0", "a2", "a5");
        assertThat(ann.wire().flushes()).isEqualTo(1);
    }

    @Test
    void eachMemberGetsItsOwnForm() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(0, null, new LineForm("> "));
        ann.join("rt:g");
        bob.join("rt:g");

        ann.publish("rt:g", "1", "2");

        assertThat(ann.lines()).containsExactly("1", "2");
        assertThat(bob.lines()).containsExactly("> 1", "> 2");
    }

    @Test
    void aMemberCanChangeItsForm() throws Exception {
        Client ann = fixture.client(0);
        ann.join("rt:a");
        ann.join("rt:b");

        onLoop(() -> {
            publish("rt:a", "1");
            ann.connection().form(new LineForm("> "));
            publish("rt:a", "2");
            publish("rt:b", "3");
        });

        assertThat(ann.lines()).containsExactly("1", "> 2", "> 3");
    }

    @Test
    void aFormThatSaysNothingOrFailsCostsNobodyElseTheEvent() throws Exception {
        Client ann = fixture.client(0);
        ann.join("rt:g");

        ann.publish("rt:g", "1", "silent", "bug", "2");

        assertThat(ann.lines()).containsExactly("1", "2");
    }

    @Test
    void joiningTwiceIsOneMembership() throws Exception {
        Client ann = fixture.client(0);

        assertThat(ann.join("rt:g").entry()).isEqualTo(Joined.Entry.NEW);
        assertThat(ann.join("rt:g").entry()).isEqualTo(Joined.Entry.REPEATED);
        ann.publish("rt:g", "1");

        assertThat(ann.lines()).containsExactly("1");
        assertThat(ann.leave("rt:g")).isTrue();
        assertThat(ann.leave("rt:g")).isFalse();
    }

    @Test
    void muchAtOnceIsWrittenBeforeThePassEnds() throws Exception {
        Client ann = fixture.client(0);
        ann.join("rt:g");
        String large = "x".repeat(Cohort.MOST_PENDING / 2 - LoopHub.FRAME_HEAD);

        ann.publish("rt:g", large, large, large, large, "end");

        assertThat(ann.lines()).hasSize(5).endsWith("end");
        assertThat(ann.wire().writes()).isEqualTo(2);
    }

    @Test
    void nothingIsWrittenToAConnectionThatHasEndedAlsoInTheMiddleOfAWrite() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(0);
        Client eve = fixture.client(0);
        for (Client client : new Client[] {ann, bob, eve}) {
            client.join("rt:g");
            client.wire().onWrite(() -> fixture.hub.closed(bob.connection(), null));
        }

        ann.publish("rt:g", "1");
        ann.publish("rt:g", "2");

        assertThat(ann.lines()).containsExactly("1", "2");
        assertThat(eve.lines()).containsExactly("1", "2");
        assertThat(bob.lines()).doesNotContain("2");
        assertThat(fixture.hub.size("rt:g")).isEqualTo(2);
    }
}
