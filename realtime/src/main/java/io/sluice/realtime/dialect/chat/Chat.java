package io.sluice.realtime.dialect.chat;

import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.presence.PresenceStatus;
import org.jspecify.annotations.Nullable;

/// What the face calls itself and its channels. Rooms are the channels of `chat`, streams of AR chunks those of `ar`.
public final class Chat {
    /// Id of the dialect: configuration key, metric label and beginning of the names of rooms.
    public static final String FACE = "chat";

    /// Beginning of the names of channels with AR chunks.
    public static final String AR = "ar";

    /// Origin of what the room service told, as opposed to what happened at a socket.
    static final String ROOM_SERVICE = "rooms";

    private Chat() {}

    static String room(ChannelNames names, String roomId) {
        return names.channel(FACE, roomId);
    }

    static String stream(ChannelNames names, String roomId) {
        return names.channel(AR, roomId);
    }

    /// Typing ends by itself, so whoever is behind need not hear of it.
    static Message.Keep keep(String status) {
        return status.equals(PresenceStatus.TYPING.word())
                ? Message.Keep.VOLATILE
                : Message.Keep.KEPT;
    }

    /// The room a channel belongs to; null when it belongs to none.
    static @Nullable String roomId(ChannelNames names, String channel) {
        String roomId = names.local(FACE, channel);
        return roomId != null ? roomId : names.local(AR, channel);
    }
}
