package io.sluice.realtime.hub;

import io.sluice.core.fail.FailureKind;
import org.jspecify.annotations.Nullable;

/// Hears what the metrics count. Any thread, mostly loops; must return at once.
public interface HubListener {
    HubListener NONE = new HubListener() {};

    default void opened(String face) {}

    /// @param why null when the client ended it
    default void closed(String face, @Nullable FailureKind why) {}

    default void published() {}

    /// One event was queued for so many members of one loop and form.
    default void delivered(int members) {}

    /// One volatile event passed by so many members that are behind.
    default void dropped(int members) {}

    /// A member was closed because it did not read.
    default void slow(String face) {}

    /// A history ended early, as all of them together took too much.
    default void historyDropped() {}

    /// Bytes from the bus that are no event.
    default void unreadable() {}

    /// Messages of a channel may have been missed while the bus was away.
    default void gap() {}
}
