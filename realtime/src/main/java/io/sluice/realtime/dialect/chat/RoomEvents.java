package io.sluice.realtime.dialect.chat;

import io.sluice.bus.TopicListener;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.json.JsonValue;
import io.sluice.core.telemetry.Counters;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.MemberChange.Action;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the room service tells on the topic `room.events`. Every node hears it and tells its own clients. What cannot be
/// read is logged without its content, counted, and passed over.
final class RoomEvents implements TopicListener {
    static final String TOPIC = "room.events";
    static final String USER_DISCONNECTED = "user.disconnected";
    private static final Logger LOG = LoggerFactory.getLogger(RoomEvents.class);

    private final Hub hub;
    private final ChannelNames names;
    private final ChatConfig.Details terms;
    private final Removal removal;
    private final Counters counters;

    /// Why somebody is no member any more.
    enum Why {
        TAKEN_OUT,
        /// It had no connection for a while, as far as the room service knew.
        DISCONNECTED
    }

    /// Takes the connections of a user on this node out of a room. Any thread, returns at once.
    @FunctionalInterface
    interface Removal {
        void remove(String roomId, String userId, Why why);
    }

    /// @param counters by what became of an event
    RoomEvents(
            Hub hub,
            ChannelNames names,
            ChatConfig.Details terms,
            Removal removal,
            Counters counters) {
        this.hub = hub;
        this.names = names;
        this.terms = terms;
        this.removal = removal;
        this.counters = counters;
    }

    @Override
    public void message(String name, byte[] payload) {
        if (JsonReader.read(payload) instanceof JsonObject event && take(event)) {
            counters.of("taken").inc();
        } else {
            counters.of("unreadable").inc();
            LOG.atWarn()
                    .addKeyValue("topic", TOPIC)
                    .addKeyValue("bytes", payload.length)
                    .log("A room event cannot be read");
        }
    }

    /// @return whether it is one
    private boolean take(JsonObject event) {
        return switch (event.text("type")) {
            case "room.member.added" -> member(event, Action.JOINED);
            case "room.member.removed" -> removed(event);
            case "room.created" -> created(event);
            case "room.deleted" -> deleted(event);
            case USER_DISCONNECTED -> true;
            case null, default -> false;
        };
    }

    private boolean member(JsonObject event, Action action) {
        String roomId = event.text("roomId");
        String who = event.text("participantId");
        if (roomId == null || who == null) {
            return false;
        }
        hub.tell(change(event, roomId, action, who));
        return true;
    }

    /// Whoever is taken out is told so too, and nothing after that.
    private boolean removed(JsonObject event) {
        String roomId = event.text("roomId");
        String who = event.text("participantId");
        if (roomId == null || who == null || !member(event, Action.LEFT)) {
            return false;
        }
        boolean disconnected = "disconnected".equals(event.text("reason"));
        removal.remove(roomId, who, disconnected ? Why.DISCONNECTED : Why.TAKEN_OUT);
        return true;
    }

    private boolean created(JsonObject event) {
        String roomId = event.text("roomId");
        String creator = event.text("createdBy");
        if (roomId == null || creator == null) {
            return false;
        }
        MemberChange change = change(event, roomId, Action.CREATED, creator);
        switch (terms.announceRooms()) {
            case EVERYBODY -> hub.tellAll(change);
            case MEMBERS -> {
                Set<String> told = new LinkedHashSet<>(Set.of(creator));
                List<String> members = change.members();
                if (members != null) {
                    told.addAll(members);
                }
                told.forEach(user -> hub.tellUser(user, change));
            }
        }
        return true;
    }

    private boolean deleted(JsonObject event) {
        String roomId = event.text("roomId");
        if (roomId == null) {
            return false;
        }
        hub.tell(change(event, roomId, Action.DELETED, ""));
        return true;
    }

    /// Of large rooms the members are told the change alone.
    private MemberChange change(JsonObject event, String roomId, Action action, String who) {
        List<String> members = members(event, action);
        int size = members == null || action == Action.CREATED ? 0 : members.size();
        boolean large = size > terms.rosterLimit();
        return new MemberChange(
                Chat.room(names, roomId),
                Chat.ROOM_SERVICE,
                action,
                who,
                large ? null : members,
                large ? size : 0,
                time(event.get("timestamp")),
                null);
    }

    private static @Nullable List<String> members(JsonObject event, Action action) {
        List<String> members = ChatBusForm.texts(event.get("members"));
        return members == null && action == Action.CREATED ? List.of() : members;
    }

    /// Milliseconds since the epoch, as a number or a text of ISO; 0 for nothing.
    private static long time(@Nullable JsonValue timestamp) {
        if (timestamp instanceof JsonNumber millis) {
            return (long) millis.doubleValue();
        }
        String text = timestamp == null ? null : timestamp.asText();
        try {
            return text == null ? 0 : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException notIso) {
            return 0;
        }
    }
}
