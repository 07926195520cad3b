package io.sluice.realtime.presence;

/// Hears of changes. On a loop or a virtual thread; it must return at once. Every change is told by one node of the
/// cluster, at least once: twice at most when that node dies in between.
public interface PresenceListener {

    void changed(PresenceEvent event);

    /// The last connection of a user in a room has been gone for the time of grace, and the user had said to be offline
    /// before, so that nothing changes for others.
    void left(String room, String user, long atMs);

    /// The user has no connection on any node any more, and the time of grace is over.
    ///
    /// @param sequence of the same row as those of [PresenceEvent]
    void gone(String user, long atMs, long sequence);
}
