package io.sluice.realtime.dialect.chat;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.json.JsonValue;
import io.sluice.core.json.JsonWriter;
import io.sluice.realtime.hub.BusForm;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.PresenceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rooms on the bus: the bare JSON of the event on `room:{roomId}`, chunks of AR streams on `ar-room:{roomId}`, as the
/// gateways and services of the original write and read them. What only our nodes know (presence, who came through a
/// socket) has a `type` and neither `id` nor `senderId`, so the others pass it over.
public final class ChatBusForm implements BusForm {
    private static final String ROOM = "room:";
    private static final String STREAM = "ar-room:";
    private static final String PRESENCE = "presence";
    private static final String MEMBERSHIP = "room.membership";

    private final ChannelNames names;
    private final Function<Message, byte[]> neutral;

    /// @param neutral data of a message of another face, as JSON text
    public ChatBusForm(ChannelNames names, Function<Message, byte[]> neutral) {
        this.names = names;
        this.neutral = neutral;
    }

    /// The original's gateways and services.
    @Override
    public boolean isForeign() {
        return true;
    }

    @Override
    public String topic(String channel) {
        String roomId = names.local(Chat.FACE, channel);
        return roomId != null ? ROOM + roomId : STREAM + names.local(Chat.AR, channel);
    }

    @Override
    public byte @Nullable [] encode(Outbound event) {
        String roomId = Chat.roomId(names, event.channel());
        if (roomId == null) {
            return null;
        }
        return switch (event) {
            case Message message -> body(message, roomId);
            case MemberChange change -> membership(change, roomId);
            case PresenceChange change -> presence(change, roomId);
            case Gap _ -> null;
        };
    }

    private byte[] body(Message message, String roomId) {
        return message.face().equals(Chat.FACE)
                ? message.body()
                : ChatEvents.foreign(message, roomId, neutral.apply(message));
    }

    private static byte[] membership(MemberChange change, String roomId) {
        JsonWriter out = new JsonWriter().openObject();
        out.name("type").value(MEMBERSHIP).name("roomId").value(roomId);
        out.name("participantId").value(change.userId());
        out.name("action").value(change.action().name());
        List<String> members = change.members();
        if (members != null) {
            out.name("members").openArray();
            members.forEach(out::value);
            out.closeArray();
        }
        if (change.size() > 0) {
            out.name("memberCount").value(change.size());
        }
        out.name("origin").value(change.face());
        except(out, change.except());
        return out.name("timestamp").value(change.timeMs()).closeObject().toBytes();
    }

    private static void except(JsonWriter out, @Nullable ConnectionId except) {
        if (except != null) {
            out.name("except").value(except.text());
        }
    }

    private static @Nullable ConnectionId except(JsonObject event) {
        String except = event.text("except");
        return except == null ? null : ConnectionId.parse(except);
    }

    private static byte[] presence(PresenceChange change, String roomId) {
        JsonWriter out = new JsonWriter().openObject();
        out.name("type").value(PRESENCE).name("roomId").value(roomId);
        out.name("userId").value(change.who()).name("status").value(change.status());
        out.name("at").value(change.timeMs());
        if (change.details().length > 0) {
            out.name("details").raw(change.details());
        }
        except(out, change.except());
        return out.closeObject().toBytes();
    }

    @Override
    public @Nullable Outbound decode(String channel, byte[] payload) {
        if (!(JsonReader.read(payload) instanceof JsonObject event)) {
            return null;
        }
        return switch (event.text("type")) {
            case PRESENCE -> presence(channel, event);
            case MEMBERSHIP -> membership(channel, event);
            case null, default -> ChatEvents.message(channel, event, payload);
        };
    }

    private static @Nullable Outbound presence(String channel, JsonObject event) {
        String user = event.text("userId");
        String status = event.text("status");
        if (user == null || status == null) {
            return null;
        }
        byte[] details =
                event.get("details") instanceof JsonObject given
                        ? JsonWriter.bytes(given, JsonWriter.Style.AS_READ)
                        : new byte[0];
        return new PresenceChange(
                channel,
                Chat.FACE,
                user,
                status,
                details,
                number(event, "at"),
                except(event),
                Chat.keep(status));
    }

    private static @Nullable Outbound membership(String channel, JsonObject event) {
        String user = event.text("participantId");
        MemberChange.Action action = action(event.text("action"));
        if (user == null || action == null) {
            return null;
        }
        String origin = event.text("origin");
        return new MemberChange(
                channel,
                origin == null ? Chat.FACE : origin,
                action,
                user,
                texts(event.get("members")),
                (int) number(event, "memberCount"),
                number(event, "timestamp"),
                except(event));
    }

    private static MemberChange.@Nullable Action action(@Nullable String name) {
        for (MemberChange.Action action : MemberChange.Action.values()) {
            if (action.name().equals(name)) {
                return action;
            }
        }
        return null;
    }

    /// The strings of an array; null when it is none.
    static @Nullable List<String> texts(@Nullable JsonValue value) {
        if (!(value instanceof JsonArray array)) {
            return null;
        }
        List<String> texts = new ArrayList<>(array.items().size());
        for (JsonValue item : array.items()) {
            String text = item.asText();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static long number(JsonObject event, String name) {
        return event.get(name) instanceof JsonNumber number ? (long) number.doubleValue() : 0;
    }
}
