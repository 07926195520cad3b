package io.sluice.realtime.session;

import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import io.sluice.bus.Leases.Admission;
import io.sluice.core.fail.GatewayException;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Offload;
import io.sluice.realtime.session.RealtimeLimits.UserFull;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How many connections each user has on all nodes together. Every connection holds a lease on the bus under
/// `conns:user:{userId}`, which this node renews, so that a node that died gives its places back by itself. While the
/// bus is gone everybody is let in, and the leases are taken as soon as it is back.
///
/// Calls block unless they say otherwise; on virtual threads.
public final class UserLimit implements AutoCloseable {
    private static final String KEY = "conns:user:";

    /// Each of them makes room for one; more than this only when others come in at the same moment.
    private static final int MOST_KICKS = 5;

    private final Leases leases;
    private final String node;
    private final int most;
    private final UserFull whenFull;
    private final Kick kick;
    private final Duration length;
    private volatile boolean closed;
    private final Set<Lease> held = ConcurrentHashMap.newKeySet();

    /// Ends a connection on whatever node it is.
    @FunctionalInterface
    public interface Kick {
        void kick(String connectionId);
    }

    /// One place of a user; given back by [#leave].
    ///
    /// @param lease how it is known to the bus; null when places are not counted
    public record Place(@Nullable Lease lease) {
        static final Place UNCOUNTED = new Place(null);
    }

    public UserLimit(Leases leases, String node, RealtimeLimits limits, Kick kick) {
        this.leases = leases;
        this.node = node;
        this.most = limits.connectionsPerUser();
        this.whenFull = limits.userFull();
        this.kick = kick;
        this.length = limits.lease();
    }

    /// Whether anything is counted at all. Any thread, no waiting.
    public boolean counts() {
        return most > 0;
    }

    /// Takes a place for a new connection.
    ///
    /// @param openedAt milliseconds since the epoch
    /// @return null when the user has all he may have
    public @Nullable Place enter(String user, String connectionId, long openedAt) {
        if (!counts()) {
            return Place.UNCOUNTED;
        }
        Lease lease = new Lease(KEY + user, member(connectionId, openedAt));
        try {
            return admit(lease) ? hold(lease) : null;
        } catch (GatewayException _) {
            return hold(lease);
        }
    }

    private String member(String connectionId, long openedAt) {
        return node + ':' + connectionId + ':' + openedAt;
    }

    private @Nullable Place hold(Lease lease) {
        Place place = new Place(lease);
        held.add(lease);
        if (closed) {
            leave(place);
            return null;
        }
        return place;
    }

    private boolean admit(Lease lease) {
        for (int kicks = 0; kicks <= MOST_KICKS; kicks++) {
            if (leases.take(lease, length, most) != Admission.FULL) {
                return true;
            }
            if (whenFull == UserFull.REJECT_NEW || !makeRoom(lease.key())) {
                return false;
            }
        }
        return false;
    }

    /// Sends the oldest connection away and frees its place at once, whether or not its node still lives.
    private boolean makeRoom(String key) {
        List<String> living = leases.living(key);
        String oldest = null;
        for (String member : living) {
            if (oldest == null || openedAt(member) < openedAt(oldest)) {
                oldest = member;
            }
        }
        if (oldest == null) {
            return true;
        }
        leases.release(new Lease(key, oldest));
        String connection = connectionOf(oldest);
        if (connection != null) {
            kick.kick(connection);
        }
        return true;
    }

    private static long openedAt(String member) {
        try {
            return Long.parseLong(member.substring(member.lastIndexOf(':') + 1));
        } catch (NumberFormatException _) {
            return Long.MIN_VALUE;
        }
    }

    private static @Nullable String connectionOf(String member) {
        int end = member.lastIndexOf(':');
        int start = end < 0 ? -1 : member.lastIndexOf(':', end - 1);
        return start < 0 ? null : member.substring(start + 1, end);
    }

    /// Gives a place back. Without the bus its lease runs out.
    public void leave(Place place) {
        Lease lease = place.lease;
        if (lease == null) {
            return;
        }
        held.remove(lease);
        try {
            leases.release(lease);
        } catch (GatewayException _) {
            // It ends by itself.
        }
    }

    /// The same from a loop that must not wait.
    ///
    /// @param then on that loop once it is given back; at once when there is nothing to give back
    public void leave(@Nullable Place place, Loop loop, Runnable then) {
        if (place == null || place.lease == null) {
            then.run();
        } else {
            Offload.call(
                    loop,
                    () -> {
                        leave(place);
                        return true;
                    },
                    (_, _) -> then.run());
        }
    }

    /// Keeps the places of this node; to be called at every [RealtimeLimits#renewal].
    public void renew() {
        List<Lease> mine = List.copyOf(held);
        if (mine.isEmpty()) {
            return;
        }
        try {
            switch (whenFull) {
                case REJECT_NEW -> leases.renew(mine, length);
                case KICK_OLDEST -> leases.renew(mine, length, most).forEach(this::sendAway);
            }
            leases.release(mine.stream().filter(lease -> !held.contains(lease)).toList());
        } catch (GatewayException _) {
            // Taken anew at the next call.
        }
    }

    /// Another connection took its place, and the word of it was lost on the way.
    private void sendAway(Lease lease) {
        String connection = connectionOf(lease.member());
        if (held.remove(lease) && connection != null) {
            kick.kick(connection);
        }
    }

    /// Gives all places back, once no connection is left; nobody is let in any more.
    @Override
    public void close() {
        closed = true;
        List<Lease> mine = List.copyOf(held);
        held.clear();
        try {
            leases.release(mine);
        } catch (GatewayException _) {
            // They end by themselves.
        }
    }

    /// Places that connections of this node hold.
    public int size() {
        return held.size();
    }
}
