package io.sluice.realtime.endpoint.events;

import io.sluice.bus.Position;
import io.sluice.core.json.JsonWriter;
import io.sluice.realtime.dialect.Dialects;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.Joined;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.PresenceChange;
import org.jspecify.annotations.Nullable;

/// The events of channels as JSON that belongs to no face:
/// `{"channel","type","from","data","id","at","offset","epoch"}`. `offset` and `epoch` are there in channels with
/// history only. Stateless, any thread.
public final class EventText {
    private final Dialects dialects;

    public EventText(Dialects dialects) {
        this.dialects = dialects;
    }

    /// Null when nothing is said of it.
    byte @Nullable [] of(Outbound event) {
        return switch (event) {
            case Message message -> message(message);
            case PresenceChange change -> presence(change);
            case MemberChange change -> members(change);
            case Gap gap -> gap(gap);
        };
    }

    /// JSON of a message.
    public byte[] message(Message message) {
        JsonWriter out =
                open(message.channel(), message.kind(), message.sender())
                        .name("data")
                        .raw(dialects.neutral(message))
                        .name("id")
                        .value(message.id())
                        .name("at")
                        .value(message.timeMs());
        place(out, message.position());
        return out.closeObject().toBytes();
    }

    private static byte[] presence(PresenceChange change) {
        JsonWriter out = open(change.channel(), "presence", change.who());
        out.name("data").openObject().name("status").value(change.status());
        if (change.details().length > 0) {
            out.name("details").raw(change.details());
        }
        return out.closeObject().name("at").value(change.timeMs()).closeObject().toBytes();
    }

    /// Members who come and go; what else happens to a room is not for everybody who listens.
    private static byte @Nullable [] members(MemberChange change) {
        boolean came = change.action() == MemberChange.Action.JOINED;
        if (!came && change.action() != MemberChange.Action.LEFT) {
            return null;
        }
        return open(change.channel(), "members", change.userId())
                .name("data")
                .openObject()
                .name("action")
                .value(came ? "joined" : "left")
                .closeObject()
                .name("at")
                .value(change.timeMs())
                .closeObject()
                .toBytes();
    }

    private static byte[] gap(Gap gap) {
        JsonWriter out = open(gap.channel(), "gap", null);
        place(out, gap.latest());
        return out.closeObject().toBytes();
    }

    /// What a subscriber hears first: from where it goes on, and whether nothing is missing.
    static byte[] joined(String channel, Joined joined) {
        JsonWriter out = new JsonWriter().openObject().name("channel").value(channel);
        out.name("recovered").value(joined.recovered());
        out.name("missed").value(joined.missed().size());
        place(out, joined.latest());
        return out.closeObject().toBytes();
    }

    private static JsonWriter open(String channel, String type, @Nullable String from) {
        JsonWriter out = new JsonWriter().openObject().name("channel").value(channel);
        out.name("type").value(type).name("from");
        return from == null ? out.nothing() : out.value(from);
    }

    /// The fields `offset` and `epoch`, if there is a place.
    public static void place(JsonWriter out, @Nullable Position position) {
        if (position != null) {
            out.name("offset").value(position.offset()).name("epoch").value(position.epoch());
        }
    }
}
