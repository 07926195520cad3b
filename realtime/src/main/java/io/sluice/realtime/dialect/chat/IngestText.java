package io.sluice.realtime.dialect.chat;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonWriter;
import io.sluice.core.json.JsonWriter.Style;
import org.jspecify.annotations.Nullable;

/// Values of the records the chat services read. Pure.
final class IngestText {
    private IngestText() {}

    /// For [ChatTopics#MESSAGE_INGEST].
    static byte[] message(ChatInbound.Send send, ChatSender sender) {
        JsonWriter out = new JsonWriter().openObject();
        out.name("roomId").value(send.roomId());
        out.name("content").value(send.content());
        out.name("senderId").value(sender.id());
        out.name("senderType").value(ChatSender.TYPE);
        optional(out, "senderName", sender.name());
        optional(out, "tempId", send.dedupeKey());
        optional(out, "replyToMessageId", send.replyToMessageId());
        attachments(out, send.attachments());
        optional(out, "dedupeKey", send.dedupeKey());
        return out.closeObject().toBytes();
    }

    /// For [ChatTopics#REACTION_INGEST].
    static byte[] reaction(ChatInbound.React react, ChatSender sender) {
        JsonWriter out = new JsonWriter().openObject();
        out.name("roomId").value(react.roomId());
        out.name("messageId").value(react.messageId());
        out.name("userId").value(sender.id());
        out.name("emoji").value(react.emoji());
        ChatInbound.React.Action action = react.action();
        optional(out, "action", action == null ? null : action.word());
        return out.closeObject().toBytes();
    }

    /// For [ChatTopics#REPLY_INGEST]. The name is the sender's own, whatever the client claims.
    static byte[] reply(ChatInbound.Reply reply, ChatSender sender) {
        JsonWriter out = new JsonWriter().openObject();
        out.name("roomId").value(reply.roomId());
        out.name("senderId").value(sender.id());
        out.name("senderType").value(ChatSender.TYPE);
        out.name("content").value(reply.content());
        out.name("replyToMessageId").value(reply.replyToMessageId());
        attachments(out, reply.attachments());
        optional(out, "senderName", sender.name());
        optional(out, "dedupeKey", reply.dedupeKey());
        return out.closeObject().toBytes();
    }

    private static void attachments(JsonWriter out, @Nullable JsonArray attachments) {
        if (attachments != null) {
            out.name("attachments").value(attachments, Style.JAVASCRIPT);
        }
    }

    static void optional(JsonWriter out, String name, @Nullable String value) {
        if (value != null) {
            out.name(name).value(value);
        }
    }
}
