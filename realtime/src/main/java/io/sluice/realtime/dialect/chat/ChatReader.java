package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Position;
import io.sluice.core.json.JavaScriptText;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.json.JsonValue;
import io.sluice.realtime.dialect.chat.ChatInbound.Wrong;
import org.jspecify.annotations.Nullable;

/// Reads the frames of clients. Never fails: what makes no sense is a [Wrong]. Any thread.
public final class ChatReader {
    /// Characters of a room id, message id, dedupe key or emoji.
    static final int LONGEST_ID = 256;

    private static final Position NOWHERE = new Position("", 0);
    private static final String STATUSES = " online typing idle offline ";

    private ChatReader() {}

    /// One frame and the profile it was read in.
    ///
    /// @param telling whether the frame tells the profile of its client: pings and unreadable ones do not
    public record Frame(ChatProfile profile, ChatInbound what, boolean telling) {}

    /// @param profile of the client; null when it is not known yet, then a frame with an object `payload` is of the
    ///     readme profile and any other one of the flat profile
    public static Frame read(String text, @Nullable ChatProfile profile) {
        return read(JsonReader.read(text), profile);
    }

    /// The same for UTF-8.
    static Frame read(byte[] text, @Nullable ChatProfile profile) {
        return read(JsonReader.read(text), profile);
    }

    private static Frame read(@Nullable JsonValue value, @Nullable ChatProfile profile) {
        ChatProfile assumed = profile == null ? ChatProfile.README : profile;
        if (value == null) {
            return new Frame(assumed, new Wrong(ChatError.BAD_JSON), false);
        }
        if (!(value instanceof JsonObject frame)) {
            return new Frame(assumed, unknown(null), false);
        }
        ChatProfile used = profile == null ? profileOf(frame) : profile;
        ChatInbound what = what(frame.text("type"), fields(frame, used));
        boolean telling = !(what instanceof ChatInbound.Ping);
        return new Frame(used, what, telling);
    }

    private static ChatProfile profileOf(JsonObject frame) {
        return frame.object("payload") != null ? ChatProfile.README : ChatProfile.FLAT;
    }

    private static JsonObject fields(JsonObject frame, ChatProfile profile) {
        JsonObject payload = frame.object("payload");
        return switch (profile) {
            case FLAT -> frame;
            case README -> payload == null ? JsonObject.EMPTY : payload;
        };
    }

    private static ChatInbound what(@Nullable String type, JsonObject fields) {
        return switch (type) {
            case "ping" -> new ChatInbound.Ping();
            case "refresh" -> refresh(fields);
            case "join",
                    "leave",
                    "message",
                    "message.send",
                    "message.reaction",
                    "message.reply",
                    "presence" ->
                    inRoom(type, fields);
            case null, default -> unknown(type);
        };
    }

    private static Wrong unknown(@Nullable String type) {
        String shown = type == null ? "unknown" : type;
        if (shown.length() > LONGEST_ID) {
            shown = shown.substring(0, LONGEST_ID);
        }
        return new Wrong(ChatError.UNKNOWN_TYPE, ChatError.UNKNOWN_TYPE.message() + ": " + shown);
    }

    private static ChatInbound refresh(JsonObject fields) {
        String token = fields.text("token");
        return token == null || token.isEmpty()
                ? new Wrong(ChatError.INVALID_TOKEN)
                : new ChatInbound.Refresh(token);
    }

    private static ChatInbound inRoom(String type, JsonObject fields) {
        String roomId = trimmed(fields.text("roomId"));
        if (roomId.isEmpty()
                || roomId.length() > LONGEST_ID
                || !JavaScriptText.isWellFormed(roomId)) {
            return new Wrong(ChatError.INVALID_ROOM);
        }
        return switch (type) {
            case "join" ->
                    new ChatInbound.Join(
                            roomId,
                            fields.get("isARRoom") == JsonBoolean.TRUE,
                            since(fields.get("since")));
            case "leave" -> new ChatInbound.Leave(roomId);
            case "message.reaction" -> reaction(roomId, fields);
            case "message.reply" -> reply(roomId, fields);
            case "presence" -> presence(roomId, fields);
            default -> message(roomId, fields);
        };
    }

    private static @Nullable Position since(@Nullable JsonValue since) {
        if (since == null) {
            return null;
        }
        if (!(since instanceof JsonObject place)
                || !(place.get("offset") instanceof JsonNumber offset)) {
            return NOWHERE;
        }
        String epoch = place.text("epoch");
        double number = offset.doubleValue();
        return epoch == null || epoch.length() > LONGEST_ID || !(number >= 0 && number < 1e15)
                ? NOWHERE
                : new Position(epoch, (long) number);
    }

    private static ChatInbound message(String roomId, JsonObject fields) {
        String content = fields.text("content");
        JsonArray attachments = array(fields, "attachments");
        if (content == null && attachments == null) {
            return new Wrong(ChatError.INVALID_MESSAGE);
        }
        String key = dedupeKey(fields);
        if (tooLong(key)) {
            return new Wrong(ChatError.TOO_LARGE);
        }
        return new ChatInbound.Send(
                roomId,
                content == null ? "" : content,
                attachments,
                key,
                fields.text("replyToMessageId"));
    }

    private static ChatInbound reply(String roomId, JsonObject fields) {
        String content = fields.text("content");
        String to = fields.text("replyToMessageId");
        if (content == null || to == null || to.isEmpty()) {
            return new Wrong(ChatError.INVALID_MESSAGE);
        }
        String key = dedupeKey(fields);
        if (tooLong(key) || tooLong(to)) {
            return new Wrong(ChatError.TOO_LARGE);
        }
        return new ChatInbound.Reply(roomId, content, to, array(fields, "attachments"), key);
    }

    private static ChatInbound reaction(String roomId, JsonObject fields) {
        String messageId = fields.text("messageId");
        String emoji = fields.text("emoji");
        if (messageId == null || messageId.isEmpty() || emoji == null || emoji.isEmpty()) {
            return new Wrong(ChatError.INVALID_MESSAGE);
        }
        if (tooLong(messageId) || tooLong(emoji)) {
            return new Wrong(ChatError.TOO_LARGE);
        }
        String word = fields.text("action");
        return switch (word) {
            case null -> new ChatInbound.React(roomId, messageId, emoji, null);
            case "add" ->
                    new ChatInbound.React(roomId, messageId, emoji, ChatInbound.React.Action.ADD);
            case "remove" ->
                    new ChatInbound.React(
                            roomId, messageId, emoji, ChatInbound.React.Action.REMOVE);
            default -> new Wrong(ChatError.INVALID_MESSAGE);
        };
    }

    private static ChatInbound presence(String roomId, JsonObject fields) {
        String status = fields.text("status");
        return status == null || status.contains(" ") || !STATUSES.contains(" " + status + " ")
                ? new Wrong(ChatError.INVALID_STATUS)
                : new ChatInbound.Presence(roomId, status);
    }

    private static @Nullable JsonArray array(JsonObject fields, String name) {
        return fields.get(name) instanceof JsonArray array ? array : null;
    }

    private static @Nullable String dedupeKey(JsonObject fields) {
        String key = fields.text("dedupeKey");
        String used = key == null || key.isEmpty() ? fields.text("tempId") : key;
        return used == null || used.isEmpty() ? null : used;
    }

    private static boolean tooLong(@Nullable String text) {
        return text != null && text.length() > LONGEST_ID;
    }

    /// As `String.prototype.trim` does: white space of Unicode, line ends and the byte order mark.
    static String trimmed(@Nullable String text) {
        if (text == null) {
            return "";
        }
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\uFEFF' || Character.isSpaceChar(c);
    }
}
