package io.sluice.realtime.dialect.rt;

import io.sluice.core.json.JavaScriptText;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.core.json.JsonWriter;
import io.sluice.core.json.JsonWriter.Style;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Frames of rt to what they say, and back. The order of keys, what is left out and what passes through are those of
/// the server its clients were written against. One per loop: it writes through one buffer.
final class RtCodec {
    private static final String GROUP = "groupId";
    private static final String TIME = "ts";
    private static final String PAYLOAD = "payload";

    /// Bytes of role and metadata of a client: each group keeps those of whoever came last.
    static final int MOST_DETAILS = 4 * 1024;

    private final JsonWriter out = new JsonWriter();
    private final long intervalMillis;
    private final long timeoutMillis;

    RtCodec(RtConfig config) {
        this.intervalMillis = config.heartbeatInterval().toMillis();
        this.timeoutMillis = config.heartbeatTimeout().toMillis();
    }

    RtInbound decode(String text) {
        JsonValue value = JsonReader.read(text);
        if (value == null) {
            return RtInbound.Malformed.INSTANCE;
        }
        if (!(value instanceof JsonObject frame)) {
            return new RtInbound.Unknown("unknown");
        }
        String type = frame.text("type");
        if (type == null) {
            return new RtInbound.Unknown("unknown");
        }
        return switch (type) {
            case "data_update" -> new RtInbound.DataUpdate(frame);
            case "heartbeat" -> RtInbound.Heartbeat.INSTANCE;
            case "identify" -> identify(frame.get(PAYLOAD));
            default -> new RtInbound.Unknown(type);
        };
    }

    private RtInbound identify(@Nullable JsonValue payload) {
        if (!GroupName.truthy(payload)) {
            return RtInbound.Faceless.INSTANCE;
        }
        JsonObject fields = payload instanceof JsonObject object ? object : JsonObject.EMPTY;
        JsonValue named = fields.get(GROUP);
        GroupName group = named != null && GroupName.truthy(named) ? GroupName.of(named) : null;
        boolean watches =
                GroupName.truthy(fields.get("watch"))
                        || (group == null && "dashboard".equals(fields.text("clientType")));
        if (group != null && group.tooLong()) {
            return new RtInbound.TooLarge("Group name");
        }
        byte[] details = details(fields.get("clientType"), fields.get("metadata"));
        if (details.length > MOST_DETAILS) {
            return new RtInbound.TooLarge("Identify payload");
        }
        return new RtInbound.Identify(
                group, details, watches ? RtInbound.Watch.ALL_GROUPS : RtInbound.Watch.OWN_GROUP);
    }

    private byte[] details(@Nullable JsonValue role, @Nullable JsonValue metadata) {
        out.reset();
        out.openObject();
        if (role != null) {
            out.name("role").value(role, Style.JAVASCRIPT);
        }
        if (metadata != null) {
            out.name("metadata").value(metadata, Style.JAVASCRIPT);
        }
        return out.closeObject().toBytes();
    }

    /// The first frame of a connection.
    byte[] ready(String connectionId, long now) {
        start("ready", now, null).name(PAYLOAD).openObject();
        return heart(connectionId).closeObject().closeObject().toBytes();
    }

    /// The answer to an identify of a member of a group.
    byte[] ready(String connectionId, byte[] group, byte[] details, long now) {
        start("ready", now, group).name(PAYLOAD).openObject();
        heart(connectionId).name("presence");
        return info("UP", details).closeObject().closeObject().toBytes();
    }

    private JsonWriter heart(String connectionId) {
        return out.name("connectionId")
                .value(connectionId)
                .name("heartbeat")
                .openObject()
                .name("intervalMs")
                .value(intervalMillis)
                .name("timeoutMs")
                .value(timeoutMillis)
                .closeObject();
    }

    private JsonWriter info(String status, byte[] details) {
        out.openObject().name("status").value(status);
        if (details.length > 0) {
            out.name("details").raw(details);
        }
        return out.closeObject();
    }

    byte[] presence(byte[] group, String status, byte[] details, long time) {
        start("presence_update", time, group).name(PAYLOAD).openObject();
        out.name(GROUP).raw(group).name("info");
        return info(status, details).closeObject().closeObject().toBytes();
    }

    /// @param group of the connection; null when it is in none
    byte[] error(String code, String message, byte @Nullable [] group, long now) {
        start("error", now, group).name(PAYLOAD).openObject();
        return out.name("code")
                .value(code)
                .name("message")
                .value(message)
                .closeObject()
                .closeObject()
                .toBytes();
    }

    private JsonWriter start(String type, long now, byte @Nullable [] group) {
        out.reset();
        out.openObject().name("type").value(type).name(TIME).value(now);
        if (group != null) {
            out.name(GROUP).raw(group);
        }
        return out;
    }

    /// Where an update goes by its own words.
    ///
    /// @return null when the frame leaves it open
    static @Nullable JsonValue target(JsonObject frame) {
        JsonValue named = frame.get(GROUP);
        return named instanceof JsonNull ? null : named;
    }

    /// The frame as all receivers get it: everything the client wrote, group and time filled in where it left them open,
    /// in their place or at the end.
    ///
    /// @param group of the sender, for a frame that names none; null when it is in none
    byte[] dataUpdate(JsonObject frame, byte @Nullable [] group, long now) {
        out.reset();
        out.openObject();
        boolean timed = false;
        boolean grouped = false;
        for (Map.Entry<String, JsonValue> field : JavaScriptText.ordered(frame).entrySet()) {
            String name = field.getKey();
            boolean open = field.getValue() instanceof JsonNull;
            if (name.equals(GROUP)) {
                grouped = true;
                if (open && group == null) {
                    continue;
                }
            }
            timed |= name.equals(TIME);
            out.name(name);
            if (open && name.equals(GROUP) && group != null) {
                out.raw(group);
            } else if (open && name.equals(TIME)) {
                out.value(now);
            } else {
                out.value(field.getValue(), Style.JAVASCRIPT);
            }
        }
        if (!grouped && group != null) {
            out.name(GROUP).raw(group);
        }
        if (!timed) {
            out.name(TIME).value(now);
        }
        return out.closeObject().toBytes();
    }

    /// A message of another face as an update of its group.
    ///
    /// @param data JSON
    byte[] foreign(byte[] data, byte[] group, long time) {
        start("data_update", time, null).name(PAYLOAD).openObject();
        return out.name("data")
                .raw(data)
                .closeObject()
                .name(GROUP)
                .raw(group)
                .closeObject()
                .toBytes();
    }

    /// What an update says, without the frame around it: its data, else its payload, else all of it.
    static byte[] neutral(byte[] update) {
        JsonValue value = JsonReader.read(update);
        if (!(value instanceof JsonObject frame)) {
            return update;
        }
        JsonValue payload = frame.get(PAYLOAD);
        if (payload == null) {
            return update;
        }
        JsonValue data = payload instanceof JsonObject object ? object.get("data") : null;
        return JsonWriter.bytes(data == null ? payload : data, Style.AS_READ);
    }

    /// The session an update describes; null when it describes none.
    @Nullable SessionNote session(JsonObject frame) {
        JsonValue session = frame.get("sessionId");
        JsonObject payload = frame.object(PAYLOAD);
        JsonValue meta = payload == null ? null : payload.get("meta");
        if (session == null || meta == null || !GroupName.truthy(session)) {
            return null;
        }
        if (!GroupName.truthy(meta)) {
            return null;
        }
        out.reset();
        return new SessionNote(name(session), out.value(meta, Style.AS_READ).toBytes());
    }

    private static String name(JsonValue session) {
        return session instanceof JsonString text ? text.value() : GroupName.of(session).local();
    }

    /// @param id name of the session in its group
    /// @param meta what is known of it, as JSON text
    @SuppressWarnings("ArrayRecordComponent") // never changed or compared
    record SessionNote(String id, byte[] meta) {}
}
