package io.sluice.realtime.presence;

/// Hears of changes. On a loop or a virtual thread; it must return at once. Every change is told by one node of the
/// cluster, at least once: twice at most when that node dies in between.
public interface PresenceListener {

    void changed(PresenceEvent event);

    /// The user has no connection on any node any more, and the time of grace is over.
    ///
    /// @param sequence of the same row as those of [PresenceEvent]
    void gone(String user, long atMs, long sequence);
}
