package io.sluice.realtime.dialect.chat;

import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Pause;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.presence.Presence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Puts the book of rooms that are open to all right where connections of a user cross each other, or end on their way
/// in. Any thread, returns at once.
final class SecondLook {
    /// Longer than a connection needs from its entry in the book to its seat in presence.
    private static final Duration WAIT = Duration.ofMillis(300);

    private final Registrar registrar;
    private final Presence presence;
    private final @Nullable RoomBook own;

    /// @param own the book where this gateway keeps rooms in order itself; null when the room service does
    SecondLook(Registrar registrar, Presence presence, @Nullable RoomBook own) {
        this.registrar = registrar;
        this.presence = presence;
        this.own = own;
    }

    /// The last connection of a user has left, which has been told. Another one, on any node, may have come in at the
    /// same time: into the book before the user was taken out there, and into presence after nobody was found in it.
    /// Then the book, and whoever heard of the leave, are put right.
    void after(String roomId, String user, Ticker ticker) {
        Thread.ofVirtual().name("chat-second-look").start(() -> waitAndLook(roomId, user, ticker));
    }

    /// A connection ended while it joined, and is in the book, but in presence only if it came that far, or another
    /// one of the user did. Whoever is not in presence would never be taken out.
    void ended(String roomId, String user, Ticker ticker) {
        RoomBook book = own;
        if (book != null) {
            Thread.ofVirtual()
                    .name("chat-second-look")
                    .start(() -> takeOut(book, roomId, user, ticker));
        }
    }

    private void takeOut(RoomBook book, String roomId, String user, Ticker ticker) {
        try {
            if (!presence.isIn(roomId, user)) {
                book.leave(roomId, user);
                waitAndLook(roomId, user, ticker);
            }
        } catch (GatewayException gone) {
            // The user stays a member, as if the room service were away.
        }
    }

    private void waitAndLook(String roomId, String user, Ticker ticker) {
        try {
            do {
                Pause.of(WAIT);
            } while (presence.isIn(roomId, user)
                    && registrar.back(roomId, user, ticker.epochMillis())
                    && hasLeft(roomId, user, ticker));
        } catch (GatewayException gone) {
            // When the shared server is back, everybody is put into the book again.
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// The user may have left between the look at presence and the entry in the book, and nobody would ever take it out.
    ///
    /// @return whether it did, and may have come in once more since
    private boolean hasLeft(String roomId, String user, Ticker ticker) {
        if (presence.isIn(roomId, user)) {
            return false;
        }
        registrar.left(roomId, user, ticker.epochMillis());
        return true;
    }
}
