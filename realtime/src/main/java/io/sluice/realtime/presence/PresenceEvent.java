package io.sluice.realtime.presence;

import org.jspecify.annotations.Nullable;

/// Somebody's status in a room has changed.
///
/// @param atMs milliseconds since the epoch
/// @param via what the connection that caused it gave as its name to [Presence#enter]; null when none did
/// @param sequence grows by one with every event of this node
public record PresenceEvent(
        String room,
        String user,
        PresenceStatus status,
        Cause cause,
        @Nullable String via,
        long atMs,
        long sequence) {

    /// Why it changed.
    public enum Cause {
        /// Nobody knew of the user in this room before.
        CAME,
        SAID,
        /// What was said is over.
        DECAYED,
        /// No connection said anything for long.
        SILENT,
        /// Spoke after having been silent.
        WOKE,
        /// The last connection has been gone for the time of grace.
        GONE,
        /// The node that knew the user has not been heard of for the length of the lease.
        LOST,
        /// Said to be lost, or forgotten by the shared server, and was here all the time.
        BACK
    }
}
