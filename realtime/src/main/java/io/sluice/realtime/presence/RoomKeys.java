package io.sluice.realtime.presence;

/// Keys of what is kept of one room. Clients name rooms as they like, and a room called `a:exp` must not have the key
/// under which something else is kept of `a`: a set where a table is expected fails, and with it all that is renewed
/// in the same step. So names that could be taken for such a key stand there with their colons and percent signs as in
/// a URL, and all others as they are.
///
/// @param records key of the table of users and records
record RoomKeys(String records) {
    private static final String ROOM = "presence:room:";
    private static final String LEASES = ":exp";
    private static final String NODES = ":nodes:";

    static RoomKeys of(String room) {
        return new RoomKeys(ROOM + (isMistakable(room) ? escaped(room) : room));
    }

    private static boolean isMistakable(String room) {
        return room.endsWith(LEASES)
                || room.contains(NODES)
                || room.contains("%3A")
                || room.contains("%25");
    }

    private static String escaped(String room) {
        return room.replace("%", "%25").replace(":", "%3A");
    }

    /// Leases of the users in the room.
    String leases() {
        return records + LEASES;
    }

    /// Leases of the nodes with connections of the user in the room.
    String nodes(String user) {
        return records + NODES + user;
    }
}
