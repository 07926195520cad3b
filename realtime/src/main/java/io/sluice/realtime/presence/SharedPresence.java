package io.sluice.realtime.presence;

import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import io.sluice.bus.Leases.Admission;
import io.sluice.bus.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Presence in tables and leases of the bus:
///
/// - `presence:room:{room}`: user to record, outlives the last word of any node as the ended leases do, so that whoever
///   finds one of those can still take the record away, and tell; readers pass over records without a living lease;
/// - `presence:room:{room}:exp`: leases of users;
/// - `presence:seen:{room}`: whether a node has looked for records without a lease lately;
/// - `presence:room:{room}:nodes:{user}`: leases of the nodes with connections of the user in the room ([RoomKeys] says
///   which room name stands there);
/// - `presence:user:{user}`: leases of the nodes with connections of the user;
/// - `presence:silent:{user}`: leases of the nodes that have not heard of the user for long;
/// - `presence:users`: leases of all users.
///
/// Nothing here is one step over several keys, so that they may be on different servers. Instead, whoever comes notes its
/// node first, then takes the lease, and writes the record last; whoever lets go reads the record first, then looks at
/// the nodes, and takes away only what it has read. So one of the two always sees the other.
final class SharedPresence implements PresenceStore {
    private static final String USER = "presence:user:";
    private static final String USERS = "presence:users";
    private static final String SILENT = "presence:silent:";

    /// Longer than anybody is waited for; the node takes it back before.
    private static final Duration LONGEST_SILENCE = Duration.ofDays(1);

    /// As long as the leases of a room outlive the last one that is taken.
    private static final Duration RECORDS_OUTLIVE_LEASES = Duration.ofHours(1);

    private static final String SEEN = "presence:seen:";
    private static final int BATCH = 1_000;

    private final Table table;
    private final Leases leases;
    private final String node;
    private final Duration length;
    private final Duration recordLife;

    SharedPresence(Table table, Leases leases, String node, Duration length) {
        this.table = table;
        this.leases = leases;
        this.node = node;
        this.length = length;
        this.recordLife = length.plus(RECORDS_OUTLIVE_LEASES);
    }

    private static Lease inRoom(String room, String user) {
        return new Lease(RoomKeys.of(room).leases(), user);
    }

    private Lease nodeInRoom(String room, String user) {
        return new Lease(nodes(room, user), node);
    }

    private Lease nodeOf(String user) {
        return new Lease(USER + user, node);
    }

    @Override
    public void connected(String user) {
        awake(user);
        leases.take(nodeOf(user), length);
        leases.take(new Lease(USERS, user), length);
    }

    /// A node that takes the user in meanwhile notes itself first, and may find the lease before it goes: so it is given
    /// back.
    @Override
    public boolean disconnected(String user) {
        leases.release(nodeOf(user));
        awake(user);
        boolean last = isNowhere(USER + user) && leases.release(new Lease(USERS, user));
        if (last && !isNowhere(USER + user)) {
            leases.take(new Lease(USERS, user), length);
            return false;
        }
        return last;
    }

    private boolean isNowhere(String nodes) {
        return leases.living(nodes).isEmpty();
    }

    @Override
    public boolean entered(String room, String user, PresenceRecord record) {
        leases.take(nodeInRoom(room, user), length);
        boolean added = leases.take(inRoom(room, user), length) == Admission.ADDED;
        write(room, user, record);
        return added;
    }

    @Override
    public boolean left(String room, String user) {
        String record = table.get(records(room), user);
        leases.release(nodeInRoom(room, user));
        if (!isNowhere(nodes(room, user))) {
            return false;
        }
        // The record first: one without a lease would be taken for that of a node that died.
        removeSame(room, user, record);
        boolean last = leases.release(inRoom(room, user));
        if (last && !isNowhere(nodes(room, user))) {
            leases.take(inRoom(room, user), length);
            if (record != null) {
                // The other one may have written the very same.
                table.putIfAbsent(records(room), user, record, recordLife);
            }
            return false;
        }
        return last;
    }

    private static String records(String room) {
        return RoomKeys.of(room).records();
    }

    private static String nodes(String room, String user) {
        return RoomKeys.of(room).nodes(user);
    }

    private void removeSame(String room, String user, @Nullable String record) {
        if (record != null) {
            table.remove(records(room), user, record);
        }
    }

    @Override
    public void parting(String room, String user, Duration rest) {
        leases.release(nodeInRoom(room, user));
        shorten(inRoom(room, user), nodes(room, user), rest);
    }

    @Override
    public void parting(String user, Duration rest) {
        leases.release(nodeOf(user));
        shorten(new Lease(USERS, user), USER + user, rest);
    }

    /// Another node notes itself before it takes the lease: so either it is seen here, or its lease comes after ours.
    private void shorten(Lease lease, String nodes, Duration rest) {
        if (isNowhere(nodes)) {
            leases.take(lease, rest);
            if (!isNowhere(nodes)) {
                leases.take(lease, length);
            }
        }
    }

    @Override
    public void write(String room, String user, PresenceRecord record) {
        table.put(records(room), user, record.json(), recordLife);
    }

    @Override
    public boolean isElsewhere(String user) {
        for (String living : leases.living(USER + user)) {
            if (!living.equals(node)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean silent(String user) {
        leases.take(new Lease(SILENT + user, node), LONGEST_SILENCE);
        return new HashSet<>(leases.living(SILENT + user)).containsAll(leases.living(USER + user));
    }

    @Override
    public void awake(String user) {
        leases.release(new Lease(SILENT + user, node));
    }

    @Override
    public Map<String, PresenceRecord> in(String room) {
        Set<String> living = new HashSet<>(leases.living(RoomKeys.of(room).leases()));
        Map<String, PresenceRecord> found = new HashMap<>();
        table.get(records(room))
                .forEach((user, json) -> {
                    PresenceRecord record = PresenceRecord.parse(json);
                    if (record != null && living.contains(user)) {
                        found.put(user, record);
                    }
                });
        return found;
    }

    @Override
    public Set<String> renew(Collection<String> users, Collection<Seat> seats) {
        List<Lease> batch = new ArrayList<>(BATCH);
        for (String user : users) {
            batch.add(nodeOf(user));
            batch.add(new Lease(USERS, user));
            flush(batch, BATCH);
        }
        Set<String> rooms = new HashSet<>();
        for (Seat seat : seats) {
            batch.add(nodeInRoom(seat.room, seat.user.name()));
            batch.add(inRoom(seat.room, seat.user.name()));
            flush(batch, BATCH);
            rooms.add(seat.room);
        }
        flush(batch, 1);
        rooms.removeIf(room -> table.renew(records(room), recordLife));
        return rooms;
    }

    @Override
    public List<Seat> unrecorded(String room, Collection<Seat> seats) {
        Set<String> recorded = table.get(records(room)).keySet();
        return seats.stream().filter(seat -> !recorded.contains(seat.user.name())).toList();
    }

    private void flush(List<Lease> batch, int from) {
        if (batch.size() >= from) {
            leases.renew(batch, length);
            batch.clear();
        }
    }

    @Override
    public List<String> lost(String room) {
        Set<String> lost = new HashSet<>(leases.sweep(RoomKeys.of(room).leases()));
        if (table.putIfAbsent(SEEN + room, "by", node, length) == null) {
            Set<String> recorded = new HashSet<>(table.get(records(room)).keySet());
            recorded.removeAll(leases.living(RoomKeys.of(room).leases()));
            lost.addAll(recorded);
        }
        return List.copyOf(lost);
    }

    @Override
    public Map<String, List<String>> lost(Collection<String> rooms) {
        Map<String, List<String>> lost = new HashMap<>();
        Map<String, String> roomByKey = new HashMap<>();
        for (Iterator<String> each = rooms.iterator(); each.hasNext(); ) {
            String room = each.next();
            roomByKey.put(RoomKeys.of(room).leases(), room);
            if (roomByKey.size() == BATCH || !each.hasNext()) {
                leases.sweep(roomByKey.keySet())
                        .forEach((key, users) -> lost.put(roomByKey.getOrDefault(key, ""), users));
                roomByKey.clear();
            }
        }
        return lost;
    }

    @Override
    public boolean forget(String room, String user) {
        String record = table.get(records(room), user);
        // Found by its lease and by its record: whoever takes the record away tells it.
        if (record == null
                || !isNowhere(nodes(room, user))
                || !table.remove(records(room), user, record)) {
            return false;
        }
        if (isNowhere(nodes(room, user))) {
            return true;
        }
        // A node that was only held up takes the record for a sign that nothing was told.
        table.putIfAbsent(records(room), user, record, recordLife);
        return false;
    }

    /// Without a record it is about to be written, and told behind that.
    @Override
    public @Nullable PresenceStatus comeBack(String room, String user) {
        if (isNowhere(nodes(room, user))) {
            return null;
        }
        String json = table.get(records(room), user);
        PresenceRecord record = json == null ? null : PresenceRecord.parse(json);
        return record == null ? null : record.status();
    }

    @Override
    public List<String> lostUsers() {
        return leases.sweep(USERS);
    }
}
