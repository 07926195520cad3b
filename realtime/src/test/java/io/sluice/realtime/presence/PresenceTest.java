package io.sluice.realtime.presence;

import static io.sluice.realtime.presence.PresenceStatus.IDLE;
import static io.sluice.realtime.presence.PresenceStatus.OFFLINE;
import static io.sluice.realtime.presence.PresenceStatus.ONLINE;
import static io.sluice.realtime.presence.PresenceStatus.TYPING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The rules of presence on a node that is alone, with a clock moved by hand.
final class PresenceTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Overheard heard = new Overheard();
    private final Presence presence =
            new Presence(PresenceStore.ALONE, null, null, ticker, PresenceConfig.DEFAULT, heard);

    private void pass(int seconds) {
        for (int i = 0; i < seconds * 4; i++) {
            ticker.advance(Duration.ofMillis(250));
            presence.clock().tick();
        }
    }

    private PresenceUser come(String name, String... rooms) {
        PresenceUser user = presence.connect(name);
        for (String room : rooms) {
            presence.enter(user, room, null);
        }
        return user;
    }

    private void go(PresenceUser user, String... rooms) {
        for (String room : rooms) {
            presence.part(user, room);
        }
        presence.disconnect(user);
    }

    @Test
    void whoComesIsOnlineOnceHoweverManyConnections() {
        come("alice", "r");
        come("alice", "r");

        assertThat(heard.said()).containsExactly("r alice online CAME");
        assertThat(presence.in("r").get("alice"))
                .isEqualTo(new PresenceRecord(ONLINE, ManualTicker.START_MILLIS, 2));
    }

    @Test
    void typingDecaysAfterSixSeconds() {
        PresenceUser alice = come("alice", "r");
        heard.forget();

        presence.say(alice, "r", TYPING);
        pass(5);
        assertThat(heard.said()).containsExactly("r alice typing SAID");
        pass(1);
        assertThat(heard.said()).containsExactly("r alice typing SAID", "r alice online DECAYED");
    }

    @Test
    void typingSaidAgainGoesOnAndIsToldOnce() {
        PresenceUser alice = come("alice", "r");
        heard.forget();

        for (int i = 0; i < 5; i++) {
            presence.say(alice, "r", TYPING);
            pass(4);
        }
        assertThat(heard.said()).containsExactly("r alice typing SAID");
        pass(2);
        assertThat(heard.said()).hasSize(2).endsWith("r alice online DECAYED");
    }

    @Test
    void onlineEndsTypingAtOnce() {
        PresenceUser alice = come("alice", "r");
        heard.forget();

        presence.say(alice, "r", TYPING);
        presence.say(alice, "r", ONLINE);
        pass(10);

        assertThat(heard.said()).containsExactly("r alice typing SAID", "r alice online SAID");
    }

    @Test
    void silenceOfAllConnectionsIsIdleAndAFrameWakes() {
        PresenceUser alice = come("alice", "r", "s");
        come("alice", "r");
        heard.forget();

        pass(299);
        assertThat(heard.said()).isEmpty();
        pass(6);
        assertThat(heard.said())
                .containsExactlyInAnyOrder("r alice idle SILENT", "s alice idle SILENT");
        assertThat(presence.in("r").get("alice"))
                .extracting(PresenceRecord::status)
                .isEqualTo(IDLE);

        heard.forget();
        presence.heard(alice);
        assertThat(heard.said())
                .containsExactlyInAnyOrder("r alice online WOKE", "s alice online WOKE");
    }

    @Test
    void framesKeepAUserFromBeingIdle() {
        PresenceUser alice = come("alice", "r");
        heard.forget();

        for (int i = 0; i < 5; i++) {
            pass(200);
            presence.heard(alice);
        }
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void theLastConnectionGoesAfterTenSeconds() {
        PresenceUser one = come("alice", "r");
        PresenceUser two = come("alice", "r");
        heard.forget();

        go(one, "r");
        pass(20);
        assertThat(heard.said()).isEmpty();
        go(two, "r");
        pass(9);
        assertThat(heard.said()).isEmpty();
        pass(1);
        assertThat(heard.said()).containsExactly("r alice offline GONE", "alice gone");
        assertThat(presence.in("r")).isEmpty();
    }

    @Test
    void whoComesBackInTimeWasNeverAway() {
        PresenceUser alice = come("alice", "r");
        heard.forget();

        for (int i = 0; i < 20; i++) {
            go(alice, "r");
            pass(9);
            alice = come("alice", "r");
        }
        pass(60);
        assertThat(heard.said()).isEmpty();
        assertThat(presence.in("r")).containsKey("alice");
    }

    @Test
    void whoComesBackElsewhereIsGoneFromTheRoomOnly() {
        go(come("alice", "r"), "r");
        pass(5);
        come("alice", "s");
        heard.forget();
        pass(10);

        assertThat(heard.said()).containsExactly("r alice offline GONE");
    }

    @Test
    void leavingOnPurposeIsNoEventAndTellsTheLastOne() {
        PresenceUser alice = come("alice", "r");
        come("alice", "r");
        heard.forget();

        assertThat(presence.leave(alice, "r").toCompletableFuture()).isCompletedWithValue(false);
        assertThat(presence.leave(alice, "r").toCompletableFuture()).isCompletedWithValue(true);
        pass(30);
        assertThat(heard.said()).isEmpty();
        assertThat(presence.in("r")).isEmpty();
    }

    @Test
    void whoWantsToSeemOfflineIsToldOnce() {
        PresenceUser alice = come("alice", "r");
        heard.forget();

        presence.say(alice, "r", OFFLINE);
        go(alice, "r");
        pass(20);
        assertThat(heard.said())
                .containsExactly("r alice offline SAID", "r alice left", "alice gone");
    }

    @Test
    void nothingIsSaidInARoomTheUserIsNotIn() {
        PresenceUser alice = come("alice");
        presence.say(alice, "r", TYPING);
        pass(10);
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void sequencesGrow() {
        PresenceUser alice = come("alice", "r");
        presence.say(alice, "r", TYPING);
        presence.say(alice, "r", ONLINE);
        assertThat(heard.sequences()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void tenThousandComingsAndGoingsLeaveNothing() {
        for (int i = 0; i < 10_000; i++) {
            String name = "user-" + i % 500;
            String room = "room-" + i % 77;
            PresenceUser user = come(name, room, "all");
            presence.say(user, room, TYPING);
            if (i % 3 == 0) {
                presence.leave(user, room);
                go(user, "all");
            } else {
                go(user, room, "all");
            }
            if (i % 100 == 0) {
                pass(1);
            }
        }
        pass(20);
        assertThat(presence.known()).isEmpty();
        assertThat(presence.seats()).isEmpty();
    }
}
