package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Topics;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.json.JsonWriter;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.PresenceChange;
import io.sluice.realtime.presence.PresenceEvent;
import io.sluice.realtime.presence.PresenceListener;
import org.jspecify.annotations.Nullable;

/// Tells rooms how their members are, and the room service who is gone. Any thread.
final class ChatPresence implements PresenceListener {
    private static final byte[] NO_DETAILS = {};

    private final Hub hub;
    private final ChannelNames names;
    private final Topics topics;
    private final @Nullable RoomBook own;

    /// @param own book of the rooms this gateway keeps in order itself; null when the room service does
    ChatPresence(Hub hub, ChannelNames names, Topics topics, @Nullable RoomBook own) {
        this.hub = hub;
        this.names = names;
        this.topics = topics;
        this.own = own;
    }

    @Override
    public void changed(PresenceEvent event) {
        String via = event.via();
        boolean came = event.cause() == PresenceEvent.Cause.CAME;
        hub.publish(
                new PresenceChange(
                        Chat.room(names, event.room()),
                        Chat.FACE,
                        event.user(),
                        event.status().word(),
                        came ? ChatText.JUST_CAME : NO_DETAILS,
                        event.atMs(),
                        via == null ? null : ConnectionId.parse(via),
                        Chat.keep(event.status().word())));
        switch (event.cause()) {
            case GONE, LOST -> left(event.room(), event.user(), event.atMs());
            case BACK -> back(event.room(), event.user(), event.atMs());
            case CAME -> cameBack(event);
            case SAID, DECAYED, SILENT, WOKE -> {}
        }
    }

    /// Who was said to be gone just now, and comes by no connection in particular, was taken out of the book too.
    private void cameBack(PresenceEvent event) {
        if (own == null || event.via() != null) {
            return;
        }
        try {
            own.enter(event.room(), event.user(), event.atMs());
        } catch (GatewayException gone) {
            // When the shared server is back, everybody is put into the book again.
        }
    }

    private void back(String room, String user, long atMs) {
        if (own == null) {
            return;
        }
        try {
            Roster members = own.enterAgain(room, user, atMs);
            if (members != null) {
                tell(room, user, MemberChange.Action.JOINED, members, atMs);
            }
        } catch (GatewayException gone) {
            // Put into the book once the shared server is back.
        }
    }

    private void tell(
            String room, String user, MemberChange.Action action, Roster members, long atMs) {
        hub.publish(
                new MemberChange(
                        Chat.room(names, room),
                        Chat.ROOM_SERVICE,
                        action,
                        user,
                        members.whole(),
                        members.toldSize(),
                        atMs,
                        null));
    }

    /// As the room service does with users that are gone.
    @Override
    public void left(String room, String user, long atMs) {
        if (own == null) {
            return;
        }
        try {
            tell(room, user, MemberChange.Action.LEFT, own.leave(room, user), atMs);
        } catch (GatewayException gone) {
            // The user stays a member, as if the room service were away.
        }
    }

    @Override
    public void gone(String user, long atMs, long sequence) {
        JsonWriter out = new JsonWriter().openObject();
        out.name("type").value(RoomEvents.USER_DISCONNECTED).name("userId").value(user);
        out.name("timestamp").value(ChatEvents.iso(atMs));
        topics.publish(RoomEvents.TOPIC, out.closeObject().toBytes());
    }
}
