package io.sluice.realtime.dialect.chat;

import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Pause;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.presence.Presence;
import java.time.Duration;

/// Looks again after the last connection of a user has left a room that is open to all. Another one, on any node, may
/// have come in at the same time: into the book before the user was taken out there, and into presence after nobody was
/// found in it. Then the book, and whoever heard of the leave, are put right. Any thread, returns at once.
final class SecondLook {
    /// Longer than a connection needs from its entry in the book to its seat in presence.
    private static final Duration WAIT = Duration.ofMillis(300);

    private final Hub hub;
    private final ChannelNames names;
    private final RoomBook book;
    private final Presence presence;

    SecondLook(Hub hub, ChannelNames names, RoomBook book, Presence presence) {
        this.hub = hub;
        this.names = names;
        this.book = book;
        this.presence = presence;
    }

    /// The leave has been told.
    void after(String roomId, String user, Ticker ticker) {
        Thread.ofVirtual().name("chat-second-look").start(() -> waitAndLook(roomId, user, ticker));
    }

    private void waitAndLook(String roomId, String user, Ticker ticker) {
        try {
            Pause.of(WAIT);
            if (!book.lists(roomId, user) && presence.isIn(roomId, user)) {
                comeBack(roomId, user, ticker.epochMillis());
            }
        } catch (GatewayException gone) {
            // When the shared server is back, everybody is put into the book again.
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void comeBack(String roomId, String user, long now) {
        Roster members = book.enter(roomId, user, now);
        hub.publish(
                new MemberChange(
                        Chat.room(names, roomId),
                        Chat.FACE,
                        MemberChange.Action.JOINED,
                        user,
                        members.whole(),
                        members.toldSize(),
                        now,
                        null));
    }
}
