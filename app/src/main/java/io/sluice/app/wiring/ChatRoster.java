package io.sluice.app.wiring;

import io.sluice.realtime.dialect.chat.Chat;
import io.sluice.realtime.endpoint.api.Roster;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.presence.Presence;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is in the rooms of chat.
record ChatRoster(Presence presence, ChannelNames names) implements Roster {

    @Override
    public @Nullable Map<String, Standing> of(String channel) {
        String room = names.local(Chat.FACE, channel);
        if (room == null) {
            return null;
        }
        Map<String, Standing> users = new HashMap<>();
        presence.in(room)
                .forEach((user, record) ->
                        users.put(
                                user, new Standing(record.status().word(), record.connections())));
        return users;
    }
}
