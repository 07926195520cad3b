package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Position;
import io.sluice.realtime.hub.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Rooms a user was in before this connection, and the client has not joined by itself yet. Loop thread.
final class ReturnedRooms {
    private static final Map<String, Room> NONE = Map.of();

    private Map<String, Room> rooms = NONE;

    /// One of them. The user counts as present in it from the handshake on.
    static final class Room {
        final String id;

        /// What came after it is told by us; null when there was no message before, or the room keeps none.
        @Nullable Position from;

        /// Ends when the connection hears the room; null while it waits for the client.
        @Nullable CompletionStage<?> entered;

        /// The connection hears the room.
        boolean heard;

        private Room(String id) {
            this.id = id;
        }

        /// Whether the client was told it since its handshake. A numbering that is not that of the handshake is newer.
        boolean wasTold(Message message) {
            Position told = from;
            Position place = message.position();
            return heard
                    && (told == null
                            || place == null
                            || !told.epoch().equals(place.epoch())
                            || place.offset() > told.offset());
        }
    }

    Room add(String roomId) {
        if (rooms.isEmpty()) {
            rooms = new HashMap<>();
        }
        Room room = new Room(roomId);
        rooms.put(roomId, room);
        return room;
    }

    @Nullable Room find(String roomId) {
        return rooms.get(roomId);
    }

    boolean has(Room room) {
        return rooms.get(room.id) == room;
    }

    /// Null when it was none.
    @Nullable Room remove(String roomId) {
        if (rooms.isEmpty()) {
            return null;
        }
        Room room = rooms.remove(roomId);
        if (rooms.isEmpty()) {
            rooms = NONE;
        }
        return room;
    }

    /// Those that wait for the client.
    List<Room> waiting() {
        List<Room> found = new ArrayList<>();
        for (Room room : rooms.values()) {
            if (room.entered == null) {
                found.add(room);
            }
        }
        return found;
    }

    /// Those in which the user is present, though the connection does not hear them.
    List<Room> unheard() {
        return rooms.values().stream().filter(room -> !room.heard).toList();
    }
}
