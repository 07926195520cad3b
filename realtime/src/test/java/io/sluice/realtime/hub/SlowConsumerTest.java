package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.FailureKind;
import io.sluice.testkit.LeakCheck;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Clients that do not read.
@ExtendWith(LeakCheck.class)
class SlowConsumerTest {
    private static final String HUNDRED = "x".repeat(99);

    private final HubFixture fixture = new HubFixture(1);

    @AfterEach
    void close() {
        fixture.close();
    }

    private void publish(String channel, String body, Message.Keep keep) throws Exception {
        Message message =
                fixture.message(channel, body).to(new Message.Reach(keep, (ConnectionId) null));
        fixture.run(0, () -> fixture.hub.publish(message));
    }

    private Client member() throws Exception {
        Client client = fixture.client(0);
        client.join("rt:g");
        return client;
    }

    /// Reads nothing while four messages wait for it.
    private Client memberThatIsBehind() throws Exception {
        Client slow = member();
        slow.wire().block();
        for (int i = 0; i < 4; i++) {
            publish("rt:g", HUNDRED, Message.Keep.KEPT);
        }
        return slow;
    }

    @Test
    void aMemberThatDoesNotReadIsClosedAndTheOthersGetEverything() throws Exception {
        Client slow = member();
        Client fast = member();
        slow.wire().block();

        for (int i = 0; i < 50; i++) {
            fast.publish("rt:g", HUNDRED);
        }

        assertThat(slow.wire().closed()).isEqualTo(FailureKind.SLOW_CONSUMER);
        assertThat(slow.wire().queuedBytes()).isLessThanOrEqualTo(HubFixture.QUEUE + 100);
        assertThat(fast.lines()).hasSize(50);
        assertThat(fast.wire().closed()).isNull();
        assertThat(fixture.counts.slow).hasValue(1);
    }

    @Test
    void theLimitHoldsWithinAPassToo() throws Exception {
        Client slow = member();
        slow.wire().block();
        AtomicReference<@Nullable FailureKind> meanwhile = new AtomicReference<>();
        String large = "x".repeat(Cohort.MOST_PENDING / 2);

        fixture.run(
                0,
                () -> {
                    for (int i = 0; i < 3; i++) {
                        fixture.hub.publish(fixture.message("rt:g", large));
                    }
                    meanwhile.set(slow.wire().closed());
                });

        assertThat(meanwhile).hasValue(FailureKind.SLOW_CONSUMER);
    }

    @Test
    void aClientThatDoesNotReadItsAnswersIsClosedToo() throws Exception {
        Client slow = fixture.client(0);
        slow.wire().block();

        for (int i = 0; i < 50; i++) {
            fixture.run(
                    0,
                    () ->
                            slow.connection()
                                    .outbox()
                                    .send(HUNDRED.getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(slow.wire().closed()).isEqualTo(FailureKind.SLOW_CONSUMER);
        assertThat(slow.lines()).hasSize(HubFixture.QUEUE / 100);
    }

    @Test
    void manyAnswersInOnePassAreNoReasonToCloseAClientThatReads() throws Exception {
        Client fast = fixture.client(0);

        fixture.run(
                0,
                () -> {
                    for (int i = 0; i < 50; i++) {
                        fast.connection().outbox().send(HUNDRED.getBytes(StandardCharsets.UTF_8));
                    }
                });

        assertThat(fast.wire().closed()).isNull();
        assertThat(fast.lines()).hasSize(50);
    }

    @Test
    void volatileMessagesPassByAMemberThatIsBehindAndOthersGetThem() throws Exception {
        Client fast = member();
        Client slow = memberThatIsBehind();

        for (int i = 0; i < 20; i++) {
            publish("rt:g", "now", Message.Keep.VOLATILE);
        }
        publish("rt:g", "kept", Message.Keep.KEPT);
        slow.wire().unblock();
        publish("rt:g", "now again", Message.Keep.VOLATILE);

        assertThat(slow.lines()).hasSize(6).endsWith("kept", "now again");
        assertThat(fast.lines()).hasSize(26);
        assertThat(slow.wire().closed()).isNull();
        assertThat(fixture.counts.dropped).hasValue(20);
    }

    @Test
    void presenceThatEndsByItselfPassesByAMemberThatIsBehind() throws Exception {
        Client fast = member();
        Client slow = memberThatIsBehind();
        PresenceChange typing =
                new PresenceChange("rt:g", "test", "ann", "typing", new byte[0], 1)
                        .with(Message.Keep.VOLATILE);

        fixture.run(0, () -> fixture.hub.publish(typing));

        assertThat(fixture.counts.dropped).hasValue(1);
        assertThat(fast.lines()).hasSize(5);
        assertThat(slow.lines()).hasSize(4);
    }

    @Test
    void keptAndVolatileMessagesOfOnePassStayInOrder() throws Exception {
        Client fast = member();
        Client slow = memberThatIsBehind();

        fixture.run(
                0,
                () -> {
                    fixture.hub.publish(fixture.message("rt:g", "1"));
                    fixture.hub.publish(fixture.message("rt:g", "v").to(Message.Reach.VOLATILE));
                    fixture.hub.publish(fixture.message("rt:g", "2"));
                });

        assertThat(slow.lines()).endsWith(HUNDRED, "1", "2").doesNotContain("v");
        assertThat(fast.lines()).endsWith("1", "v", "2");
    }

    @Test
    void aSlowMemberThatEndsIsForgottenAsBehind() throws Exception {
        Client slow = memberThatIsBehind();
        publish("rt:g", HUNDRED, Message.Keep.KEPT);

        assertThat(fixture.hub.on(fixture.loop(0)).anyBehind()).isTrue();
        slow.end();

        assertThat(fixture.hub.on(fixture.loop(0)).anyBehind()).isFalse();
    }
}
