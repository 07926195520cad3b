package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonWriter;
import io.sluice.core.json.JsonWriter.Style;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Message;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Closes the circle where there are no chat services: what clients send comes back as created, under a new id.
/// Reactions are counted for the messages that got one last, by all nodes that share a server together.
final class OwnIngest implements Ingest {
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture("");

    private final Hub hub;
    private final ChannelNames names;
    private final Ticker ticker;
    private final SecureRandom random = new SecureRandom();
    private final OwnReactions reactions = new OwnReactions();

    /// Null on a node that is alone.
    private final @Nullable SharedReactions shared;

    OwnIngest(Hub hub, ChannelNames names, Bus bus, Ticker ticker) {
        this.hub = hub;
        this.names = names;
        this.ticker = ticker;
        this.shared = bus.alone() ? null : new SharedReactions(bus.table(), reactions);
    }

    @Override
    public CompletionStage<?> message(ChatInbound.Send send, ChatSender sender) {
        create(send, sender);
        return DONE;
    }

    /// @return id of the new message
    private String create(ChatInbound.Send send, ChatSender sender) {
        String id = ConnectionId.random(random).text();
        long now = ticker.epochMillis();
        JsonWriter out = new JsonWriter().openObject();
        out.name("id").value(id).name("roomId").value(send.roomId());
        out.name("senderType").value(ChatSender.TYPE).name("senderId").value(sender.id());
        IngestText.optional(out, "senderName", sender.name());
        out.name("content").value(send.content()).name("attachments");
        attachments(out, send.attachments());
        out.name("replyToMessageId");
        String replyTo = send.replyToMessageId();
        if (replyTo == null) {
            out.nothing();
        } else {
            out.value(replyTo);
        }
        out.name("reactions").openArray().closeArray();
        out.name("createdAt").value(ChatEvents.iso(now));
        out.name("dedupeKey").value(dedupeKey(send, sender, now));
        publish(send.roomId(), ChatTopics.MESSAGE, sender, out, id);
        return id;
    }

    private static void attachments(JsonWriter out, @Nullable JsonArray attachments) {
        if (attachments == null) {
            out.openArray().closeArray();
        } else {
            out.value(attachments, Style.JAVASCRIPT);
        }
    }

    private static String dedupeKey(ChatInbound.Send send, ChatSender sender, long now) {
        String key = send.dedupeKey();
        return key == null ? send.roomId() + '-' + sender.id() + '-' + now : key;
    }

    private void publish(
            String roomId, String kind, ChatSender sender, JsonWriter event, String id) {
        hub.publish(
                Message.of(
                        Chat.room(names, roomId),
                        Chat.FACE,
                        kind,
                        sender.id(),
                        event.closeObject().toBytes(),
                        id,
                        ticker.epochMillis()));
    }

    @Override
    public CompletionStage<?> reaction(ChatInbound.React react, ChatSender sender) {
        if (shared != null) {
            shared.react(react, sender.id(), outcome -> tell(react, sender, outcome));
            return DONE;
        }
        OwnReactions.Outcome outcome = reactions.react(react, sender.id());
        if (outcome != null) {
            tell(react, sender, outcome);
        }
        return DONE;
    }

    private void tell(ChatInbound.React react, ChatSender sender, OwnReactions.Outcome outcome) {
        String kind = outcome.present() ? ChatTopics.REACTION_CREATED : ChatTopics.REACTION_REMOVED;
        JsonWriter out = new JsonWriter().openObject();
        out.name("type").value(kind).name("messageId").value(react.messageId());
        out.name("roomId").value(react.roomId());
        if (outcome.present()) {
            out.name("reaction").openObject().name("userId").value(sender.id());
            out.name("emoji").value(react.emoji()).closeObject();
        } else {
            out.name("userId").value(sender.id());
        }
        out.name("reactionsSummary").openArray();
        for (Map.Entry<String, Integer> one : outcome.summary().entrySet()) {
            out.openObject().name("emoji").value(one.getKey());
            out.name("count").value(one.getValue()).closeObject();
        }
        out.closeArray();
        publish(react.roomId(), kind, sender, out, react.messageId());
    }

    @Override
    public CompletionStage<?> reply(ChatInbound.Reply reply, ChatSender sender) {
        String id =
                create(
                        new ChatInbound.Send(
                                reply.roomId(),
                                reply.content(),
                                reply.attachments(),
                                reply.dedupeKey(),
                                reply.replyToMessageId()),
                        sender);
        JsonWriter out = new JsonWriter().openObject();
        out.name("type").value(ChatTopics.REPLY_CREATED).name("roomId").value(reply.roomId());
        out.name("messageId").value(id);
        out.name("replyToMessageId").value(reply.replyToMessageId());
        out.name("replyTo").openObject().name("id").value(reply.replyToMessageId()).closeObject();
        publish(reply.roomId(), ChatTopics.REPLY_CREATED, sender, out, id);
        return DONE;
    }
}
