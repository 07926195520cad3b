package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.bus.Members;
import io.sluice.bus.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is a member of which room, under the keys the room service uses: the set `room:{id}:members`, and the hash
/// `user:{id}:room` of room to time, which lives as long as the user shows signs of life. Blocks and fails like the
/// bus.
final class RoomBook {
    private final Members members;
    private final Table table;
    private final ChatConfig.Details terms;
    private final Entry entry;

    /// Who may come into a room.
    enum Entry {
        EVERYBODY,
        /// Those the room service has made members. Nobody becomes one by coming in, or ceases to be one by leaving.
        MEMBERS
    }

    RoomBook(Bus bus, ChatConfig.Details terms, Entry entry) {
        this.members = bus.members();
        this.table = bus.table();
        this.terms = terms;
        this.entry = entry;
    }

    private static String room(String roomId) {
        return "room:" + roomId + ":members";
    }

    private static String user(String userId) {
        return "user:" + userId + ":room";
    }

    boolean isOpenToAll() {
        return entry == Entry.EVERYBODY;
    }

    boolean admits(String roomId, String userId) {
        return entry == Entry.EVERYBODY || lists(roomId, userId);
    }

    /// Whether the set of members has this one.
    boolean lists(String roomId, String userId) {
        return members.contains(room(roomId), userId);
    }

    Roster roster(String roomId) {
        int most = terms.rosterLimit();
        Set<String> some = members.some(room(roomId), most + 1);
        return some.size() <= most
                ? Roster.of(some, most)
                : new Roster(Roster.of(some, most).members(), members.size(room(roomId)));
    }

    /// @return members afterwards
    Roster enter(String roomId, String userId, long nowMs) {
        if (entry == Entry.EVERYBODY) {
            members.add(room(roomId), userId);
        }
        table.put(user(userId), roomId, Long.toString(nowMs), terms.userRoomsTtl());
        Roster roster = roster(roomId);
        // Another connection of the user that leaves at the same time may have taken it out.
        return entry == Entry.EVERYBODY ? roster.with(userId) : roster;
    }

    /// Somebody is in the room after all.
    ///
    /// @return members afterwards; null when the book says so already, or may not
    @Nullable Roster enterAgain(String roomId, String userId, long nowMs) {
        if (entry == Entry.MEMBERS || !members.add(room(roomId), userId)) {
            return null;
        }
        return enter(roomId, userId, nowMs);
    }

    /// @return members afterwards
    Roster leave(String roomId, String userId) {
        if (entry == Entry.EVERYBODY) {
            members.remove(room(roomId), userId);
        }
        forget(roomId, userId);
        return roster(roomId);
    }

    /// The user does not come back into the room by itself.
    void forget(String roomId, String userId) {
        table.remove(user(userId), roomId);
    }

    /// Rooms the user was in before its connections ended, and may still be in.
    List<String> roomsOf(String userId) {
        Set<String> stored = table.get(user(userId)).keySet();
        List<String> rooms = new ArrayList<>(stored.size());
        for (String roomId : stored) {
            if (admits(roomId, userId)) {
                rooms.add(roomId);
            }
        }
        if (!rooms.isEmpty()) {
            table.renew(user(userId), terms.userRoomsTtl());
        }
        return rooms;
    }

    void signOfLife(String userId) {
        table.renew(user(userId), terms.userRoomsTtl());
    }
}
