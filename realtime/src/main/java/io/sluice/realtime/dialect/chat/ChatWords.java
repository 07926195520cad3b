package io.sluice.realtime.dialect.chat;

import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.PresenceChange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a profile says of the events of channels. Stateless, any thread.
final class ChatWords {
    private final ChatProfile profile;
    private final ChannelNames names;
    private final Function<Message, byte[]> neutral;

    /// @param neutral data of a message of another face, as JSON text
    ChatWords(ChatProfile profile, ChannelNames names, Function<Message, byte[]> neutral) {
        this.profile = profile;
        this.names = names;
        this.neutral = neutral;
    }

    ChatProfile profile() {
        return profile;
    }

    /// @return null when clients of the profile are not told
    byte @Nullable [] text(Outbound event) {
        String roomId = Chat.roomId(names, event.channel());
        if (roomId == null) {
            return null;
        }
        return switch (event) {
            case Message message -> message(message, roomId);
            case MemberChange change -> ChatText.members(profile, roomId, change);
            case PresenceChange change -> ChatText.presence(profile, roomId, change);
            case Gap gap -> ChatText.gap(roomId, gap);
        };
    }

    private byte[] message(Message message, String roomId) {
        if (message.face().equals(Chat.FACE)) {
            return ChatText.event(profile, message, message.body());
        }
        byte[] body = ChatEvents.foreign(message, roomId, neutral.apply(message));
        Message created =
                new Message(
                        message.channel(),
                        Chat.FACE,
                        ChatTopics.MESSAGE,
                        message.sender(),
                        body,
                        message.stamp(),
                        message.reach());
        return ChatText.event(profile, created, body);
    }
}
