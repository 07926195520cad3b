package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Position;
import io.sluice.core.json.JsonWriter;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.PresenceChange;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The frames to clients. Order of fields is part of the protocol. Pure, any thread.
final class ChatText {
    static final byte[] PONG = "{\"type\":\"pong\"}".getBytes(StandardCharsets.UTF_8);

    /// Details of the presence of somebody who has just come; the flat profile does not tell it.
    static final byte[] JUST_CAME = "{\"joined\":true}".getBytes(StandardCharsets.UTF_8);

    private ChatText() {}

    /// Answer to a join.
    ///
    /// @param place what the client asked for with `since`; null when it did not ask
    static byte[] joined(
            ChatProfile profile,
            String roomId,
            String userId,
            Roster members,
            @Nullable Regained place) {
        JsonWriter out = new JsonWriter().openObject();
        switch (profile) {
            case README -> {
                open(out, "room_update").name("roomId").value(roomId);
                out.name("action").value("joined").name("userId").value(userId);
            }
            case FLAT -> open(out, "room.joined").name("roomId").value(roomId);
        }
        members(out, members.members(), members.toldSize());
        if (place != null) {
            out.name("recovered").value(place.recovered());
            position(out, place.latest());
        }
        return out.closeObject().closeObject().toBytes();
    }

    /// Answer to a leave: the words the room service's own would have.
    static byte[] left(ChatProfile profile, String roomId, MemberChange change) {
        return switch (profile) {
            case README -> update(roomId, change);
            case FLAT -> spoken(roomId, change);
        };
    }

    /// What a join regained of the history.
    record Regained(boolean recovered, @Nullable Position latest) {}

    static byte[] error(ChatError error, String message) {
        return closed(openError(error, message));
    }

    /// Something said could not be taken.
    ///
    /// @param dedupeKey the client's own name for it; null when it gave none
    static byte[] notTaken(ChatError error, String roomId, @Nullable String dedupeKey) {
        JsonWriter out = openError(error, error.message()).name("roomId").value(roomId);
        if (dedupeKey != null) {
            out.name("dedupeKey").value(dedupeKey);
        }
        return closed(out);
    }

    private static JsonWriter openError(ChatError error, String message) {
        JsonWriter out = new JsonWriter().openObject();
        open(out, "error").name("message").value(message);
        return out.name("code").value(error.name());
    }

    private static byte[] closed(JsonWriter out) {
        return out.closeObject().closeObject().toBytes();
    }

    /// The message has been taken already.
    ///
    /// @param atMs when the first one was taken
    static byte[] sentBefore(String roomId, String dedupeKey, long atMs) {
        JsonWriter out = new JsonWriter().openObject();
        open(out, "ack").name("roomId").value(roomId).name("dedupeKey").value(dedupeKey);
        out.name("code").value(ChatError.DUPLICATE.name()).name("at").value(atMs);
        return out.closeObject().closeObject().toBytes();
    }

    /// @param expiresAtMs null when the token does not end
    static byte[] refreshed(@Nullable Long expiresAtMs) {
        JsonWriter out = new JsonWriter().openObject();
        open(out, "refreshed").name("expiresAt");
        if (expiresAtMs == null) {
            out.nothing();
        } else {
            out.value(expiresAtMs);
        }
        return out.closeObject().closeObject().toBytes();
    }

    /// An event of the chat services, as it is. Its place comes behind it; in the flat profile only messages have one.
    static byte[] event(ChatProfile profile, Message message, byte[] body) {
        JsonWriter out = new JsonWriter().openObject();
        out.name("type").value(message.kind());
        out.name(profile.eventField()).raw(body);
        if (profile == ChatProfile.README || message.kind().equals(ChatTopics.MESSAGE)) {
            position(out, message.position());
        }
        return out.closeObject().toBytes();
    }

    /// @return null when clients of the profile are not told
    static byte @Nullable [] members(ChatProfile profile, String roomId, MemberChange change) {
        return switch (profile) {
            case README -> update(roomId, change);
            case FLAT -> flat(roomId, change);
        };
    }

    private static byte[] update(String roomId, MemberChange change) {
        JsonWriter out = new JsonWriter().openObject();
        open(out, "room_update").name("roomId").value(roomId);
        out.name("action").value(change.action().name().toLowerCase(Locale.ROOT));
        if (!change.userId().isEmpty()) {
            out.name("userId").value(change.userId());
        }
        members(out, change.members(), change.size());
        return out.closeObject().closeObject().toBytes();
    }

    /// Clients of the flat profile hear of the members of a room from the room service only.
    private static byte @Nullable [] flat(String roomId, MemberChange change) {
        return change.face().equals(Chat.ROOM_SERVICE) ? spoken(roomId, change) : null;
    }

    private static byte[] spoken(String roomId, MemberChange change) {
        JsonWriter out = new JsonWriter().openObject();
        switch (change.action()) {
            case JOINED, LEFT -> {
                open(out, "room.membership").name("roomId").value(roomId);
                out.name("participantId").value(change.userId());
                out.name("action").value(change.action().name().toLowerCase(Locale.ROOT));
                members(out, change.members(), change.size());
            }
            case CREATED -> {
                open(out, "room.created").name("roomId").value(roomId);
                out.name("createdBy").value(change.userId());
                members(out, change.members(), change.size());
                if (change.timeMs() != 0) {
                    out.name("timestamp").value(ChatEvents.iso(change.timeMs()));
                }
            }
            case DELETED -> open(out, "room.deleted").name("roomId").value(roomId);
        }
        return out.closeObject().closeObject().toBytes();
    }

    /// @return null when clients of the profile are not told
    static byte @Nullable [] presence(ChatProfile profile, String roomId, PresenceChange change) {
        if (profile == ChatProfile.FLAT && change.details().length > 0) {
            return null;
        }
        JsonWriter out = new JsonWriter().openObject();
        open(out, "presence").name("roomId").value(roomId);
        out.name("userId").value(change.who()).name("status").value(change.status());
        return out.name("at").value(change.timeMs()).closeObject().closeObject().toBytes();
    }

    static byte[] gap(String roomId, Gap gap) {
        JsonWriter out = new JsonWriter().openObject();
        open(out, "gap").name("roomId").value(roomId);
        position(out, gap.latest());
        return out.closeObject().closeObject().toBytes();
    }

    private static JsonWriter open(JsonWriter out, String type) {
        return out.name("type").value(type).name("payload").openObject();
    }

    /// @param size how many there are; 0 when the members are all, or nothing is known
    private static void members(JsonWriter out, @Nullable Collection<String> members, int size) {
        if (members != null) {
            out.name("members").openArray();
            members.forEach(out::value);
            out.closeArray();
        }
        if (size > 0) {
            out.name("memberCount").value(size);
        }
    }

    private static void position(JsonWriter out, @Nullable Position position) {
        if (position != null) {
            out.name("offset").value(position.offset());
            out.name("epoch").value(position.epoch());
        }
    }
}
