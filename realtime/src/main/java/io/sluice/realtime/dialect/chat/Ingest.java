package io.sluice.realtime.dialect.chat;

import java.util.concurrent.CompletionStage;

/// Takes what clients send. Returns at once; the stages end on any thread, with a `GatewayException` when it could not
/// be taken.
interface Ingest {

    CompletionStage<?> message(ChatInbound.Send send, ChatSender sender);

    CompletionStage<?> reaction(ChatInbound.React react, ChatSender sender);

    CompletionStage<?> reply(ChatInbound.Reply reply, ChatSender sender);
}
