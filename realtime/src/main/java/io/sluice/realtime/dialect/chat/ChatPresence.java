package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Topics;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.json.JsonWriter;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Hub;
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
    private final @Nullable Registrar own;

    /// @param own for the rooms this gateway keeps in order itself; null when the room service does
    ChatPresence(Hub hub, ChannelNames names, Topics topics, @Nullable Registrar own) {
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
            case BACK, CAME -> back(event);
            case SAID, DECAYED, SILENT, WOKE -> {}
        }
    }

    /// Who comes by no connection in particular was said to be gone, and taken out of the book. One that comes enters it
    /// itself.
    private void back(PresenceEvent event) {
        if (own == null || event.via() != null) {
            return;
        }
        try {
            own.back(event.room(), event.user(), event.atMs());
        } catch (GatewayException gone) {
            // Put into the book once the shared server is back.
        }
    }

    /// As the room service does with users that are gone.
    @Override
    public void left(String room, String user, long atMs) {
        if (own == null) {
            return;
        }
        try {
            own.left(room, user, atMs);
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
