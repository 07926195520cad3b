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
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture("");

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

    /// One thing said.
    ///
    /// @param dedupeKey null for what may be said again
    /// @param handOn gives it to the ingest
    private record Saying(
            Connection connection,
            ChatState state,
            String roomId,
            @Nullable String dedupeKey,
            Function<ChatSender, CompletionStage<?>> handOn) {

        void refuse(ChatError error) {
            connection.outbox().send(ChatText.notTaken(error, roomId, dedupeKey));
        }

        long now() {
            return connection.loop().ticker().epochMillis();
        }
    }

    @Nullable CompletionStage<?> send(
            Connection connection, ChatState state, ChatInbound.Send send) {
        return say(
                new Saying(
                        connection,
                        state,
                        send.roomId(),
                        send.dedupeKey(),
                        sender -> ingest.message(send, sender)));
    }

    @Nullable CompletionStage<?> reply(
            Connection connection, ChatState state, ChatInbound.Reply reply) {
        return say(
                new Saying(
                        connection,
                        state,
                        reply.roomId(),
                        reply.dedupeKey(),
                        sender -> ingest.reply(reply, sender)));
    }

    @Nullable CompletionStage<?> react(
            Connection connection, ChatState state, ChatInbound.React react) {
        return say(
                new Saying(
                        connection,
                        state,
                        react.roomId(),
                        null,
                        sender -> ingest.reaction(react, sender)));
    }

    private @Nullable CompletionStage<?> say(Saying saying) {
        CompletableFuture<Boolean> may =
                rooms.maySend(saying.connection, saying.state, saying.roomId).toCompletableFuture();
        if (may.isDone() && !may.isCompletedExceptionally() && saying.dedupeKey == null) {
            return once(saying, may.join());
        }
        return may.handle(
                        (allowed, failure) -> {
                            if (failure != null) {
                                saying.refuse(ChatError.UNAVAILABLE);
                                return null;
                            }
                            return once(saying, allowed);
                        })
                .thenCompose(stage ->
                        stage == null
                                ? CompletableFuture.completedFuture("")
                                : stage.thenApply(_ -> ""));
    }

    private @Nullable CompletionStage<?> once(Saying saying, boolean allowed) {
        if (!allowed) {
            saying.refuse(ChatError.NOT_A_MEMBER);
            return null;
        }
        String dedupeKey = saying.dedupeKey;
        if (dedupeKey == null) {
            take(saying, null, null);
            return null;
        }
        long now = saying.now();
        Repeats.Key key = new Repeats.Key(saying.roomId, saying.state.user.name(), dedupeKey);
        return errands.run(saying.connection.loop(), () -> repeats.ask(key, now))
                .thenAccept(known -> {
                    switch (known) {
                        case Repeats.New(var outcome) -> take(saying, key, outcome);
                        case Repeats.Before(var outcome) -> again(saying, dedupeKey, outcome);
                        case Repeats.Elsewhere _ -> saying.refuse(ChatError.UNAVAILABLE);
                    }
                });
    }

    /// Answers a message that was sent before as soon as it is known what became of the first one.
    private static void again(Saying saying, String dedupeKey, CompletableFuture<Long> outcome) {
        Connection connection = saying.connection;
        outcome.whenCompleteAsync(
                (at, failure) -> {
                    if (failure == null) {
                        connection.outbox().send(ChatText.sentBefore(saying.roomId, dedupeKey, at));
                    } else {
                        saying.refuse(ChatError.UNAVAILABLE);
                    }
                },
                Errands.on(connection.loop()));
    }

    /// @param key null with its outcome for what may be said again
    private void take(
            Saying saying, Repeats.@Nullable Key key, @Nullable CompletableFuture<Long> outcome) {
        Principal principal = saying.connection.principal();
        if (principal == null || !ingest.inReach()) {
            notTaken(saying, key, outcome);
            return;
        }
        presence.spoke(saying.state.user, saying.roomId);
        long now = saying.now();
        saying.handOn
                .apply(ChatSender.of(principal))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        notTaken(saying, key, outcome);
                    } else if (key != null && outcome != null) {
                        note(saying, () -> repeats.taken(key, outcome, now));
                    }
                });
    }

    /// Any thread.
    private void notTaken(
            Saying saying, Repeats.@Nullable Key key, @Nullable CompletableFuture<Long> outcome) {
        CompletionStage<?> noted =
                key == null || outcome == null
                        ? DONE
                        : note(saying, () -> repeats.failed(key, outcome));
        noted.whenCompleteAsync(
                (_, _) -> saying.refuse(ChatError.UNAVAILABLE),
                Errands.on(saying.connection.loop()));
    }

    private CompletionStage<?> note(Saying saying, Runnable change) {
        return errands.run(
                saying.connection.loop(),
                () -> {
                    change.run();
                    return "";
                });
    }
}
