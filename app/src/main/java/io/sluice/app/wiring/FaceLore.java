package io.sluice.app.wiring;

import io.sluice.realtime.dialect.chat.Chat;
import io.sluice.realtime.dialect.chat.ChatFace;
import io.sluice.realtime.dialect.rt.RtFace;
import io.sluice.realtime.endpoint.api.ChannelRoster;
import io.sluice.realtime.hub.ChannelNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the faces that are served know of their channels.
///
/// @param rt null when it is not served, as `chat`
record FaceLore(ChannelNames names, @Nullable RtFace rt, @Nullable ChatFace chat)
        implements ChannelRoster {

    @Override
    public @Nullable Map<String, Standing> of(String channel) {
        String room = names.local(Chat.FACE, channel);
        if (chat == null || room == null) {
            return null;
        }
        Map<String, Standing> users = new HashMap<>();
        chat.presence()
                .in(room)
                .forEach((user, record) ->
                        users.put(
                                user, new Standing(record.status().word(), record.connections())));
        return users;
    }

    @Override
    public List<Session> sessions(String channel) {
        return rt == null
                ? List.of()
                : rt.sessions(channel).stream()
                        .map(one ->
                                new Session(one.id(), one.meta(), one.createdAt(), one.updatedAt()))
                        .toList();
    }
}
