package io.sluice.realtime.dialect.chat;

import java.util.concurrent.CompletionStage;

/// Takes what clients send. Returns at once; the stages end on any thread, with a `GatewayException` when it could not
/// be taken.
interface Ingest {

    /// False while it is known that nothing can be taken. Any thread.
    default boolean inReach() {
        return true;
    }

    CompletionStage<?> message(ChatInbound.Send send, ChatSender sender);

    CompletionStage<?> reaction(ChatInbound.React react, ChatSender sender);

    CompletionStage<?> reply(ChatInbound.Reply reply, ChatSender sender);
}
