package io.sluice.realtime.dialect.chat;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Names the chat services know: topics of the log, and what the events in them are called in frames.
final class ChatTopics {
    static final String MESSAGE_INGEST = "message.ingest";
    static final String REACTION_INGEST = "chat.message.reaction.ingested";
    static final String REPLY_INGEST = "chat.message.reply.ingested";

    /// Kind of a plain message; it has no `type` of its own.
    static final String MESSAGE = "message";

    static final String REACTION_CREATED = "message.reaction.created";
    static final String REACTION_REMOVED = "message.reaction.removed";
    static final String REPLY_CREATED = "message.reply.created";
    static final String AR_CHUNK = "ar-stream-chunk";

    /// The one consumer group of all nodes.
    static final String GROUP = "realtime-gateway-group";

    private static final Map<String, String> KIND_BY_TOPIC =
            Map.of(
                    "message.created", MESSAGE,
                    "chat.message.reaction.created", REACTION_CREATED,
                    "chat.message.reaction.removed", REACTION_REMOVED,
                    "chat.message.reply.created", REPLY_CREATED,
                    "ar.stream.chunk", AR_CHUNK);

    /// Kinds whose events carry their `type`.
    private static final Set<String> TYPED =
            Set.of(REACTION_CREATED, REACTION_REMOVED, REPLY_CREATED, AR_CHUNK);

    private ChatTopics() {}

    /// Topics with what the chat services have to tell.
    static Set<String> followed() {
        return KIND_BY_TOPIC.keySet();
    }

    static @Nullable String kindOf(String topic) {
        return KIND_BY_TOPIC.get(topic);
    }

    static boolean isTyped(String type) {
        return TYPED.contains(type);
    }
}
