package io.sluice.realtime.dialect.chat;

import io.sluice.core.identity.Principal;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.presence.Presence;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What clients say into rooms: checked, taken once, and handed on. Loop thread of the connection; what is returned is
/// null where the next frame need not wait.
final class ChatSpeech {
    private final Ingest ingest;
    private final Repeats repeats;
    private final ChatRooms rooms;
    private final Errands errands;
    private final Presence presence;

    ChatSpeech(
            Ingest ingest, Repeats repeats, ChatRooms rooms, Errands errands, Presence presence) {
        this.ingest = ingest;
        this.repeats = repeats;
        this.rooms = rooms;
        this.errands = errands;
        this.presence = presence;
    }

    @Nullable CompletionStage<?> send(
            Connection connection, ChatState state, ChatInbound.Send send) {
        Keyed key = new Keyed(send.roomId(), send.dedupeKey());
        return say(connection, state, key, sender -> ingest.message(send, sender));
    }

    @Nullable CompletionStage<?> reply(
            Connection connection, ChatState state, ChatInbound.Reply reply) {
        Keyed key = new Keyed(reply.roomId(), reply.dedupeKey());
        return say(connection, state, key, sender -> ingest.reply(reply, sender));
    }

    @Nullable CompletionStage<?> react(
            Connection connection, ChatState state, ChatInbound.React react) {
        Keyed key = new Keyed(react.roomId(), null);
        return say(connection, state, key, sender -> ingest.reaction(react, sender));
    }

    /// @param dedupeKey null for what may be said again
    private record Keyed(String roomId, @Nullable String dedupeKey) {}

    private @Nullable CompletionStage<?> say(
            Connection connection,
            ChatState state,
            Keyed key,
            Function<ChatSender, CompletionStage<?>> take) {
        CompletionStage<Boolean> may = rooms.maySend(connection, state, key.roomId);
        if (may.toCompletableFuture().isDone() && key.dedupeKey == null) {
            return said(connection, state, key, take, may);
        }
        return may.handle((allowed, failure) ->
                        failure == null
                                ? once(connection, state, key, take, allowed)
                                : error(connection, ChatError.UNAVAILABLE))
                .thenCompose(stage ->
                        stage == null
                                ? CompletableFuture.completedFuture("")
                                : stage.thenApply(_ -> ""));
    }

    private @Nullable CompletionStage<?> said(
            Connection connection,
            ChatState state,
            Keyed key,
            Function<ChatSender, CompletionStage<?>> take,
            CompletionStage<Boolean> may) {
        boolean allowed = may.toCompletableFuture().getNow(false);
        return once(connection, state, key, take, allowed);
    }

    private @Nullable CompletionStage<?> once(
            Connection connection,
            ChatState state,
            Keyed key,
            Function<ChatSender, CompletionStage<?>> take,
            boolean allowed) {
        if (!allowed) {
            return error(connection, ChatError.NOT_A_MEMBER);
        }
        String dedupeKey = key.dedupeKey;
        if (dedupeKey == null) {
            take(connection, state, key, take);
            return null;
        }
        long now = connection.loop().ticker().epochMillis();
        String user = state.user.name();
        return errands.run(
                        connection.loop(),
                        () -> new Earlier(repeats.first(key.roomId, user, dedupeKey, now)))
                .thenAccept(earlier -> {
                    Long before = earlier.atMs;
                    if (before == null) {
                        take(connection, state, key, take);
                    } else {
                        connection
                                .outbox()
                                .send(ChatText.sentBefore(key.roomId, dedupeKey, before));
                    }
                });
    }

    /// @param atMs null when there was none
    private record Earlier(@Nullable Long atMs) {}

    private void take(
            Connection connection,
            ChatState state,
            Keyed key,
            Function<ChatSender, CompletionStage<?>> take) {
        Principal principal = connection.principal();
        if (principal == null) {
            return;
        }
        presence.spoke(state.user, key.roomId);
        take.apply(ChatSender.of(principal))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        connection
                                .loop()
                                .executor()
                                .execute(() -> notTaken(connection, state, key));
                    }
                });
    }

    private void notTaken(Connection connection, ChatState state, Keyed key) {
        String dedupeKey = key.dedupeKey;
        if (dedupeKey != null) {
            String user = state.user.name();
            errands.run(
                    connection.loop(),
                    () -> {
                        repeats.forget(key.roomId, user, dedupeKey);
                        return "";
                    });
        }
        error(connection, ChatError.UNAVAILABLE);
    }

    private static @Nullable CompletionStage<?> error(Connection connection, ChatError error) {
        connection.outbox().send(ChatText.error(error, error.message()));
        return null;
    }
}
