package io.sluice.realtime.endpoint.events;

import io.sluice.bus.Position;
import org.jspecify.annotations.Nullable;

/// A place in the history of a channel as text: `offset@epoch`, such as `17@3f2c`. The id of an event, what comes back
/// in `Last-Event-ID`, and `since` of the history.
public final class EventId {
    private static final int LONGEST = 128;

    private EventId() {}

    public static String text(Position position) {
        return position.offset() + "@" + position.epoch();
    }

    /// @return null for what is no place
    public static @Nullable Position parse(@Nullable String text) {
        int at = text == null ? -1 : text.indexOf('@');
        if (text == null || at <= 0 || at == text.length() - 1 || text.length() > LONGEST) {
            return null;
        }
        try {
            long offset = Long.parseLong(text, 0, at, 10);
            return offset < 0 ? null : new Position(text.substring(at + 1), offset);
        } catch (NumberFormatException none) {
            return null;
        }
    }
}
