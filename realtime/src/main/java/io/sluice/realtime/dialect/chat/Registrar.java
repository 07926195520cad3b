package io.sluice.realtime.dialect.chat;

import io.sluice.core.fail.GatewayException;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.MemberChange.Action;
import java.util.function.Consumer;

/// Changes the book of rooms that are open to all, and tells the room what was changed. Any thread, blocks.
final class Registrar {
    private final RoomBook book;
    private final ChannelNames names;
    private final Consumer<MemberChange> rooms;
    private final String origin;

    /// @param rooms tells all nodes
    /// @param origin what the changes come from: [Chat#FACE] or [Chat#ROOM_SERVICE]
    Registrar(RoomBook book, ChannelNames names, Consumer<MemberChange> rooms, String origin) {
        this.book = book;
        this.names = names;
        this.rooms = rooms;
        this.origin = origin;
    }

    /// Somebody is in the room after all. Of many callers at a time one finds that the book does not say so, and tells.
    ///
    /// @return whether that was this one
    /// @throws GatewayException when the shared server is gone
    boolean back(String roomId, String user, long atMs) {
        Roster members = book.enterAgain(roomId, user, atMs);
        if (members != null) {
            tell(roomId, user, Action.JOINED, members, atMs);
        }
        return members != null;
    }

    /// @throws GatewayException when the shared server is gone; then the user stays a member
    void left(String roomId, String user, long atMs) {
        tell(roomId, user, Action.LEFT, book.leave(roomId, user), atMs);
    }

    private void tell(String roomId, String user, Action action, Roster members, long atMs) {
        rooms.accept(
                new MemberChange(
                        Chat.room(names, roomId),
                        origin,
                        action,
                        user,
                        members.whole(),
                        members.toldSize(),
                        atMs,
                        null));
    }
}
