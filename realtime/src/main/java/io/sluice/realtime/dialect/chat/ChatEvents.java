package io.sluice.realtime.dialect.chat;

import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.core.json.JsonWriter;
import io.sluice.core.json.JsonWriter.Style;
import io.sluice.realtime.hub.Message;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Events of the chat services as messages of the hub. Pure.
final class ChatEvents {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    /// Set in events of messages that pass by members that are behind; the original's readers pass it over.
    private static final String VOLATILE = "volatile";

    private ChatEvents() {}

    /// @param channel full name of the room's channel
    /// @param event a message that was created, or an event with a known `type`
    /// @param body the event's text
    /// @return null for an object that is neither
    static @Nullable Message message(String channel, JsonObject event, byte[] body) {
        String type = event.text("type");
        if (type != null && ChatTopics.isTyped(type)) {
            return Message.of(
                            channel,
                            Chat.FACE,
                            type,
                            event.text("userId"),
                            body,
                            orEmpty(event.text("messageId")),
                            0)
                    .to(reach(type, event));
        }
        String id = event.text("id");
        String sender = event.text("senderId");
        if (id == null || sender == null) {
            return null;
        }
        Message.Reach reach = isTrue(event, VOLATILE) ? Message.Reach.VOLATILE : Message.Reach.ALL;
        return Message.of(channel, Chat.FACE, ChatTopics.MESSAGE, sender, body, id, time(event))
                .to(reach);
    }

    /// A chunk of a stream is soon followed by the next one; who is behind waits for the last.
    private static Message.Reach reach(String type, JsonObject event) {
        return type.equals(ChatTopics.AR_CHUNK) && !isTrue(event, "isFinal")
                ? Message.Reach.VOLATILE
                : Message.Reach.ALL;
    }

    private static boolean isTrue(JsonObject event, String name) {
        return event.get(name) instanceof JsonBoolean flag && flag.value();
    }

    /// A record of the chat services, with the `type` its topic stands for.
    ///
    /// @return null when it is none that members of a room could be told
    static @Nullable Message message(
            String channel, String kind, JsonObject event, byte[] original) {
        if (kind.equals(ChatTopics.MESSAGE)) {
            return message(channel, event, original);
        }
        if (kind.equals(event.text("type"))) {
            return message(channel, event, original);
        }
        JsonObject typed = JsonObject.EMPTY.with("type", new JsonString(kind));
        for (var field : event.fields().entrySet()) {
            if (!field.getKey().equals("type")) {
                typed = typed.with(field.getKey(), field.getValue());
            }
        }
        return message(channel, typed, JsonWriter.bytes(typed, Style.AS_READ));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static long time(JsonObject event) {
        String created = event.text("createdAt");
        if (created == null) {
            return 0;
        }
        try {
            return Instant.parse(created).toEpochMilli();
        } catch (DateTimeException | ArithmeticException notIso) {
            return 0;
        }
    }

    /// What another face said, as a message that was created.
    ///
    /// @param neutral its data as JSON text; a string is the content, of anything else the text is
    static byte[] foreign(Message message, String roomId, byte[] neutral) {
        String sender = message.sender();
        JsonWriter out = new JsonWriter().openObject();
        out.name("id").value(message.id());
        out.name("roomId").value(roomId);
        out.name("senderType").value(sender == null ? "agent" : ChatSender.TYPE);
        out.name("senderId").value(sender == null ? message.face() : sender);
        out.name("content").value(content(neutral));
        out.name("attachments").openArray().closeArray();
        out.name("replyToMessageId").nothing();
        out.name("reactions").openArray().closeArray();
        out.name("createdAt").value(iso(message.timeMs()));
        if (message.keep() == Message.Keep.VOLATILE) {
            out.name(VOLATILE).value(true);
        }
        return out.closeObject().toBytes();
    }

    private static String content(byte[] neutral) {
        if (neutral.length > 0 && neutral[0] == '"') {
            JsonValue value = JsonReader.read(neutral);
            if (value instanceof JsonString text) {
                return text.value();
            }
        }
        return new String(neutral, StandardCharsets.UTF_8);
    }

    /// As `Date.prototype.toISOString` writes it.
    static String iso(long epochMillis) {
        return ISO.format(Instant.ofEpochMilli(epochMillis));
    }
}
