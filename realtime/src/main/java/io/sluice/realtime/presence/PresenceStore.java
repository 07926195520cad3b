package io.sluice.realtime.presence;

import io.sluice.bus.Bus;
import io.sluice.bus.Leases;
import io.sluice.bus.Table;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the nodes know together. Calls block and fail with a `GatewayException` when the shared server is gone.
interface PresenceStore {

    /// This node has a connection of the user.
    void connected(String user);

    /// This node has none any more.
    ///
    /// @return whether no node has, told to one caller only
    boolean disconnected(String user);

    /// This node has a connection of the user in the room.
    ///
    /// @return whether no node had
    boolean entered(String room, String user, PresenceRecord record);

    /// This node has none any more. Whoever tells it asks [#comeBack] behind it.
    ///
    /// @return whether no node has, told to one caller only
    boolean left(String room, String user);

    /// This node ends. When no other has a connection of the user in the room, the user is lost after this time.
    void parting(String room, String user, Duration rest);

    /// As above, for the user as a whole.
    void parting(String user, Duration rest);

    void write(String room, String user, PresenceRecord record);

    /// Whether another node has connections of the user.
    boolean isElsewhere(String user);

    /// Nothing was heard of the user here for long.
    ///
    /// @return whether that is so on all nodes with connections of the user
    boolean silent(String user);

    /// The user was heard, or has left this node.
    void awake(String user);

    /// Everybody in the room, on any node.
    Map<String, PresenceRecord> in(String room);

    /// Says again who is here.
    ///
    /// @param seats also those without connections, during their time of grace
    /// @return rooms of which nothing is recorded any more
    Set<String> renew(Collection<String> users, Collection<Seat> seats);

    /// Those of a room whose record another node has taken away, as it [forgot][#forget] them, or the shared server has
    /// lost.
    List<Seat> unrecorded(String room, Collection<Seat> seats);

    /// Takes out users of the room whose nodes died, and gives each of them to one caller only: those whose leases have
    /// ended, and records without a lease, as a node that dies while it sweeps leaves them.
    List<String> lost(String room);

    /// By room, those whose leases have ended, and as above; in few round trips. Their records are still there.
    Map<String, List<String>> lost(Collection<String> rooms);

    /// The record of somebody who was lost goes, unless he is in the room again by some node. Whoever tells it asks
    /// [#comeBack] behind it.
    ///
    /// @return whether he is not
    boolean forget(String room, String user);

    /// How somebody is in the room who was said to be gone just now: he may have come in by some node before that was
    /// said, and would be taken to be gone.
    ///
    /// @return null for somebody who is not in, or who will be said to be
    @Nullable PresenceStatus comeBack(String room, String user);

    /// Takes out users whose nodes died, and gives each of them to one caller only.
    List<String> lostUsers();

    /// For a node that is alone: nothing is shared, so what it knows itself is all there is.
    PresenceStore ALONE =
            new PresenceStore() {
                @Override
                public void connected(String user) {}

                @Override
                public boolean disconnected(String user) {
                    return true;
                }

                @Override
                public boolean entered(String room, String user, PresenceRecord record) {
                    return true;
                }

                @Override
                public boolean left(String room, String user) {
                    return true;
                }

                @Override
                public void parting(String room, String user, Duration rest) {}

                @Override
                public void parting(String user, Duration rest) {}

                @Override
                public void write(String room, String user, PresenceRecord record) {}

                @Override
                public boolean isElsewhere(String user) {
                    return false;
                }

                @Override
                public boolean silent(String user) {
                    return true;
                }

                @Override
                public void awake(String user) {}

                @Override
                public Map<String, PresenceRecord> in(String room) {
                    return Map.of();
                }

                @Override
                public Set<String> renew(Collection<String> users, Collection<Seat> seats) {
                    return Set.of();
                }

                @Override
                public List<Seat> unrecorded(String room, Collection<Seat> seats) {
                    return List.of();
                }

                @Override
                public List<String> lost(String room) {
                    return List.of();
                }

                @Override
                public Map<String, List<String>> lost(Collection<String> rooms) {
                    return Map.of();
                }

                @Override
                public boolean forget(String room, String user) {
                    return true;
                }

                @Override
                public @Nullable PresenceStatus comeBack(String room, String user) {
                    return null;
                }

                @Override
                public List<String> lostUsers() {
                    return List.of();
                }
            };

    /// What a node of this bus knows with others.
    static PresenceStore of(Bus bus, Duration lease) {
        return bus.alone() ? ALONE : shared(bus.table(), bus.leases(), bus.node(), lease);
    }

    /// For the node of a cluster.
    ///
    /// @param lease longest time nothing may be heard of a node
    static PresenceStore shared(Table table, Leases leases, String node, Duration lease) {
        return new SharedPresence(table, leases, node, lease);
    }
}
