package io.sluice.realtime.dialect.chat;

import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.presence.PresenceUser;
import org.jspecify.annotations.Nullable;

/// What the face keeps for one connection. Loop thread.
final class ChatState {
    final PresenceUser user;

    /// Null until a frame has told it.
    @Nullable ChatProfile profile;

    /// Monotonic time of the last sign of life that was stored.
    long storedAt;

    /// Rooms the client has not joined itself.
    final ReturnedRooms returned = new ReturnedRooms();

    /// The room that is being joined; null when there is none, or when the user was taken out of it meanwhile.
    @Nullable String joining;

    ChatState(PresenceUser user, @Nullable ChatProfile profile, long now) {
        this.user = user;
        this.profile = profile;
        this.storedAt = now;
    }

    /// Null for connections of other faces, and for those that have ended.
    static @Nullable ChatState of(Connection connection) {
        return connection.state() instanceof ChatState state ? state : null;
    }

    ChatProfile profileOr(ChatProfile otherwise) {
        ChatProfile known = profile;
        return known == null ? otherwise : known;
    }
}
