package io.sluice.realtime.presence;

/// A user in a room, as this node knows it. Changed by one thread at a time, read by others.
final class Seat {
    final PresenceUser user;
    final String room;

    /// Connections of this node in the room; 0 during the time of grace. Others may see it late.
    int connections;

    volatile PresenceStatus status = PresenceStatus.ONLINE;
    volatile long atMs;

    /// Monotonic; means something while typing.
    volatile long typingUntil;

    /// Monotonic; means something without connections.
    volatile long emptySince;

    Seat(PresenceUser user, String room, long atMs) {
        this.user = user;
        this.room = room;
        this.atMs = atMs;
    }

    /// What is shown: silence covers being online.
    PresenceStatus shown() {
        return user.silent && status == PresenceStatus.ONLINE ? PresenceStatus.IDLE : status;
    }

    PresenceRecord record() {
        return new PresenceRecord(shown(), atMs, connections);
    }
}
