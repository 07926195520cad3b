package io.sluice.realtime.dialect.chat;

import io.sluice.realtime.presence.PresenceUser;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the face keeps for one connection. Loop thread.
final class ChatState {
    private static final Set<String> NONE = Set.of();

    final PresenceUser user;

    /// Null until a frame has told it.
    @Nullable ChatProfile profile;

    /// Monotonic time of the last sign of life that was stored.
    long storedAt;

    /// Rooms it was put into at its handshake and has not joined itself.
    private Set<String> silent = NONE;

    ChatState(PresenceUser user, @Nullable ChatProfile profile, long now) {
        this.user = user;
        this.profile = profile;
        this.storedAt = now;
    }

    ChatProfile profileOr(ChatProfile otherwise) {
        ChatProfile known = profile;
        return known == null ? otherwise : known;
    }

    void putInto(String roomId) {
        if (silent.isEmpty()) {
            silent = new HashSet<>();
        }
        silent.add(roomId);
    }

    /// @return whether it was only put into the room until now
    boolean joinsItself(String roomId) {
        boolean was = !silent.isEmpty() && silent.remove(roomId);
        if (silent.isEmpty()) {
            silent = NONE;
        }
        return was;
    }
}
