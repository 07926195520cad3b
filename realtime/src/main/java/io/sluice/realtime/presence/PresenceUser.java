package io.sluice.realtime.presence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user with connections on this node, as [Presence#connect] gave it. Changed by [Presence] only, one thread at a time
/// for each user.
public final class PresenceUser {
    private static final List<Seat> NONE = List.of();

    private final String name;

    /// Never changed but replaced, so that any thread may look through it.
    private volatile List<Seat> seats = NONE;

    int connections;

    /// Times it waits for its grace to end.
    int partings;

    /// Monotonic time of the last frame of any connection.
    volatile long heard;

    /// It is shown as idle where it is online.
    volatile boolean silent;

    /// The other nodes know that nothing was heard of it here for long.
    volatile boolean quiet;

    PresenceUser(String name, long now) {
        this.name = name;
        this.heard = now;
    }

    public String name() {
        return name;
    }

    List<Seat> seats() {
        return seats;
    }

    @Nullable Seat in(String room) {
        for (Seat seat : seats) {
            if (seat.room.equals(room)) {
                return seat;
            }
        }
        return null;
    }

    boolean has(Seat seat) {
        return seats.contains(seat);
    }

    void add(Seat seat) {
        List<Seat> more = new ArrayList<>(seats.size() + 1);
        more.addAll(seats);
        more.add(seat);
        seats = more;
    }

    void remove(Seat seat) {
        List<Seat> fewer = new ArrayList<>(seats);
        fewer.remove(seat);
        seats = fewer.isEmpty() ? NONE : fewer;
    }
}
