package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Log;
import java.util.concurrent.CompletionStage;

/// Hands what clients send to the chat services, through the log.
final class ServiceIngest implements Ingest {
    private static final String NO_KEY = "";

    private final Log log;

    ServiceIngest(Log log) {
        this.log = log;
    }

    @Override
    public boolean inReach() {
        return log.inReach();
    }

    @Override
    public CompletionStage<?> message(ChatInbound.Send send, ChatSender sender) {
        return log.append(
                ChatTopics.MESSAGE_INGEST, send.roomId(), IngestText.message(send, sender));
    }

    @Override
    public CompletionStage<?> reaction(ChatInbound.React react, ChatSender sender) {
        return log.append(ChatTopics.REACTION_INGEST, NO_KEY, IngestText.reaction(react, sender));
    }

    @Override
    public CompletionStage<?> reply(ChatInbound.Reply reply, ChatSender sender) {
        return log.append(ChatTopics.REPLY_INGEST, NO_KEY, IngestText.reply(reply, sender));
    }
}
