package io.sluice.realtime.presence;

import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.presence.PresenceEvent.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What a node does for what all nodes know together: it says again who is here, looks for users whose nodes died, and
/// takes its own word back when it ends. Blocks; one call at a time.
final class Upkeep {
    private static final Duration LONGEST_PARTING = Duration.ofSeconds(3);

    private final Presence presence;
    private final Ticker ticker;
    private final long leaseNanos;

    /// Rooms in which users of this node may have been said to be gone, until that was looked at.
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();

    /// When all that is here began to be said last.
    private long saidAt;

    Upkeep(Presence presence, Ticker ticker, Duration lease) {
        this.presence = presence;
        this.ticker = ticker;
        this.leaseNanos = lease.toNanos();
        this.saidAt = ticker.nanos();
    }

    /// Says again who is here. That comes before everything else that asks the store, as it is a matter of time.
    void refresh() {
        long now = ticker.nanos();
        List<PresenceUser> users = List.copyOf(presence.known().values());
        List<Seat> seats = new ArrayList<>();
        presence.seats().values().forEach(seats::addAll);
        Set<String> rooms = presence.seats().keySet();
        doubted.retainAll(rooms);
        if (now - saidAt >= leaseNanos) {
            doubted.addAll(rooms);
        }
        Set<String> forgotten =
                presence.store().renew(users.stream().map(PresenceUser::name).toList(), seats);
        saidAt = now;
        takeBack(users, seats);
        for (String room : rooms) {
            presence.access().work(room, () -> sayBack(room, forgotten.contains(room)));
            presence.access().work(room, () -> lost(room, presence.store().lost(room)));
        }
    }

    /// Once nothing was heard of this node for so long that others may have told that its users are gone. Nothing was
    /// told of those of whom there is a record.
    ///
    /// @param forgotten whether the shared server has no record of the room, for whatever reason
    private void sayBack(String room, boolean forgotten) {
        boolean doubt = doubted.remove(room);
        if (!doubt && !forgotten) {
            return;
        }
        try {
            Set<Seat> here = presence.seats().getOrDefault(room, Set.of());
            for (Seat seat : presence.store().unrecorded(room, here)) {
                if (!doubt) {
                    presence.store().write(room, seat.user.name(), seat.record());
                } else if (seat.connections > 0) {
                    presence.store().write(room, seat.user.name(), seat.record());
                    presence.teller().tell(seat, seat.shown(), Cause.BACK);
                } else {
                    // Looked at again at the next refresh, when it has gone or come back.
                    doubted.add(room);
                }
            }
        } catch (GatewayException gone) {
            if (doubt) {
                doubted.add(room);
            }
        }
    }

    /// Who left meanwhile may have been renewed after it, and is let go of once more; that was told already.
    private void takeBack(List<PresenceUser> users, List<Seat> seats) {
        for (Seat seat : seats) {
            String name = seat.user.name();
            if (!isHere(seat.room, name)) {
                presence.access()
                        .work(
                                seat.room,
                                () -> {
                                    if (!isHere(seat.room, name)) {
                                        presence.store().left(seat.room, name);
                                    }
                                });
            }
        }
        for (PresenceUser user : users) {
            String name = user.name();
            if (!presence.known().containsKey(name)) {
                presence.access()
                        .work(
                                name,
                                () -> {
                                    if (!presence.known().containsKey(name)) {
                                        presence.store().disconnected(name);
                                    }
                                });
            }
        }
    }

    private boolean isHere(String room, String name) {
        PresenceUser user = presence.known().get(name);
        return user != null && user.in(room) != null;
    }

    /// Looks for those whose leases have ended.
    void sweep() {
        presence.store()
                .lost(presence.seats().keySet())
                .forEach((room, lost) -> presence.access().work(room, () -> lost(room, lost)));
        for (String user : presence.store().lostUsers()) {
            presence.access().work(user, () -> lost(user));
        }
    }

    private void lost(String user) {
        if (presence.known().containsKey(user)) {
            presence.store().connected(user);
        } else if (!presence.store().isElsewhere(user)) {
            presence.teller().tellGone(user);
        }
    }

    private void lost(String room, List<String> lost) {
        for (String user : lost) {
            PresenceUser here = presence.known().get(user);
            Seat seat = here == null ? null : here.in(room);
            if (seat != null) {
                presence.store().entered(room, user, seat.record());
            } else if (presence.store().forget(room, user)) {
                presence.teller().tell(room, user, PresenceStatus.OFFLINE, Cause.LOST, null);
                lookAgain(room, user);
            }
        }
    }

    /// Behind the word that somebody is gone.
    void lookAgain(String room, String user) {
        PresenceStatus back = presence.store().comeBack(room, user);
        if (back != null && back != PresenceStatus.OFFLINE) {
            presence.teller().tell(room, user, back, Cause.CAME, null);
        }
    }

    /// Leaves users their time of grace to come back on other nodes: what this node said of them ends with it, unless
    /// another node says so too.
    void part(Duration grace) {
        for (Set<Seat> seats : presence.seats().values()) {
            for (Seat seat : seats) {
                String name = seat.user.name();
                presence.access()
                        .work(seat.room, () -> presence.store().parting(seat.room, name, grace));
            }
        }
        for (String name : presence.known().keySet()) {
            presence.access().work(name, () -> presence.store().parting(name, grace));
        }
        presence.access().settle(LONGEST_PARTING);
    }
}
