package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.bus.Members;
import io.sluice.bus.Table;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Who is a member of which room, under the keys the room service uses: the set `room:{id}:members`, and the hash
/// `user:{id}:room` of room to time, which lives as long as the user shows signs of life. Blocks and fails like the
/// bus.
final class RoomBook {
    private final Members members;
    private final Table table;
    private final Duration timeToLive;

    RoomBook(Bus bus, Duration timeToLive) {
        this.members = bus.members();
        this.table = bus.table();
        this.timeToLive = timeToLive;
    }

    private static String room(String roomId) {
        return "room:" + roomId + ":members";
    }

    private static String user(String userId) {
        return "user:" + userId + ":room";
    }

    boolean isMember(String roomId, String userId) {
        return members.contains(room(roomId), userId);
    }

    Set<String> members(String roomId) {
        return members.list(room(roomId));
    }

    /// @return members afterwards
    Set<String> enter(String roomId, String userId, long nowMs) {
        members.add(room(roomId), userId);
        table.put(user(userId), roomId, Long.toString(nowMs), timeToLive);
        return members(roomId);
    }

    /// @return members afterwards
    Set<String> leave(String roomId, String userId) {
        members.remove(room(roomId), userId);
        table.remove(user(userId), roomId);
        return members(roomId);
    }

    /// Rooms the user was in before its connections ended.
    List<String> roomsOf(String userId) {
        List<String> rooms = List.copyOf(table.get(user(userId)).keySet());
        if (!rooms.isEmpty()) {
            table.renew(user(userId), timeToLive);
        }
        return rooms;
    }

    void signOfLife(String userId) {
        table.renew(user(userId), timeToLive);
    }
}
