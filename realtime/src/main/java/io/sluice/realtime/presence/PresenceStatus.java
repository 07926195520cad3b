package io.sluice.realtime.presence;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How somebody is in a room.
public enum PresenceStatus {
    ONLINE,
    /// Decays to online when not said again.
    TYPING,
    /// Said so, or silent on all connections for a while.
    IDLE,
    /// Gone, or wants to seem so.
    OFFLINE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// In storage and on the wire.
    public String word() {
        return word;
    }

    /// @return null for any other word
    public static @Nullable PresenceStatus of(String word) {
        for (PresenceStatus status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        return null;
    }
}
