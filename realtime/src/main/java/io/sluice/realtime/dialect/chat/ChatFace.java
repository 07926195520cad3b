package io.sluice.realtime.dialect.chat;

import io.sluice.core.fail.FailureKind;
import io.sluice.realtime.dialect.Dialect;
import io.sluice.realtime.dialect.Doorkeeper;
import io.sluice.realtime.dialect.Face;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.ConnectionListener;
import io.sluice.realtime.presence.Presence;
import io.sluice.realtime.presence.PresenceStatus;
import io.sluice.realtime.session.Expiring;
import io.sluice.realtime.session.TokenCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Serves the clients of chat. The state of a connection is its [ChatState].
public final class ChatFace implements Face, ConnectionListener, Doorkeeper, AutoCloseable {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(60);
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture("");

    private final ChannelNames names;
    private final ChatConfig config;
    private final ChatDialect dialect;
    private final ChatParts parts;

    private ChatFace(
            ChatConfig config, FaceContext context, ChatConfig.Circle circle, TokenCheck tokens) {
        this.names = context.names();
        this.config = config;
        ChatProfile forced = config.profile().profile();
        this.dialect =
                new ChatDialect(
                        names, context.dialects(), forced == null ? ChatProfile.README : forced);
        this.parts = ChatParts.start(config, context, circle, tokens);
    }

    /// Makes the face known to the hub and to other dialects, and begins to follow the chat services.
    ///
    /// @param circle who answers what clients send, never AUTO
    public static ChatFace start(
            ChatConfig config, FaceContext context, ChatConfig.Circle circle, TokenCheck tokens) {
        ChatFace face = new ChatFace(config, context, circle, tokens);
        context.dialects().add(face.dialect);
        context.doors().add(face);
        context.hub().listen(face);
        return face;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    /// What belongs to a room that only members may hear.
    @Override
    public boolean minds(String channel) {
        return config.strict() && Chat.roomId(names, channel) != null;
    }

    @Override
    public boolean admits(String channel, @Nullable String user) {
        String roomId = Chat.roomId(names, channel);
        return roomId != null && user != null && parts.admits(roomId, user);
    }

    /// Who is there, and how.
    public Presence presence() {
        return parts.presence();
    }

    @Override
    public @Nullable CompletionStage<?> welcome(Connection connection) {
        String user = connection.user();
        if (user == null) {
            connection.outbox().close(FailureKind.UNAUTHORIZED, "no user");
            return null;
        }
        ChatState state =
                new ChatState(
                        parts.presence().connect(user),
                        config.profile().profile(),
                        connection.loop().ticker().nanos());
        connection.state(state);
        return open(parts.returns().begin(connection, state));
    }

    /// The stage while it has not ended.
    private static @Nullable CompletionStage<?> open(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone() ? null : stage;
    }

    @Override
    public @Nullable CompletionStage<?> text(Connection connection, String text) {
        ChatState state = ChatState.of(connection);
        if (state == null) {
            return null;
        }
        noteLife(connection, state);
        ChatReader.Frame frame = ChatReader.read(text, state.profile);
        if (state.profile == null && frame.telling()) {
            state.profile = frame.profile();
            dialect.turnTo(frame.profile(), connection);
        }
        CompletionStage<?> entered =
                concernsRooms(frame.what()) ? parts.returns().enterAll(connection, state) : DONE;
        CompletionStage<?> stage =
                open(entered) == null
                        ? act(connection, state, frame)
                        : entered.thenCompose(
                                _ -> ended(act(connection, state, frame)).thenApply(_ -> ""));
        return stage == null ? null : open(stage);
    }

    private static CompletionStage<?> ended(@Nullable CompletionStage<?> stage) {
        return stage == null ? DONE : stage;
    }

    /// Whether a client that says this is through with joining rooms it was in before.
    private static boolean concernsRooms(ChatInbound what) {
        return switch (what) {
            case ChatInbound.Leave _,
                    ChatInbound.Send _,
                    ChatInbound.React _,
                    ChatInbound.Reply _,
                    ChatInbound.Presence _ ->
                    true;
            case ChatInbound.Join _,
                    ChatInbound.Ping _,
                    ChatInbound.Refresh _,
                    ChatInbound.Wrong _ ->
                    false;
        };
    }

    private void noteLife(Connection connection, ChatState state) {
        parts.presence().heard(state.user);
        long now = connection.loop().ticker().nanos();
        if (now - state.storedAt >= SIGN_OF_LIFE.toNanos()) {
            state.storedAt = now;
            parts.signOfLife(connection.loop(), state.user.name());
        }
    }

    private @Nullable CompletionStage<?> act(
            Connection connection, ChatState state, ChatReader.Frame frame) {
        return switch (frame.what()) {
            case ChatInbound.Join join -> parts.rooms().join(connection, state, join);
            case ChatInbound.Leave(String roomId) -> parts.rooms().leave(connection, state, roomId);
            case ChatInbound.Send send -> parts.speech().send(connection, state, send);
            case ChatInbound.React react -> parts.speech().react(connection, state, react);
            case ChatInbound.Reply reply -> parts.speech().reply(connection, state, reply);
            case ChatInbound.Presence said -> presence(connection, state, said);
            case ChatInbound.Ping _ -> pong(connection, state);
            case ChatInbound.Refresh(String token) -> refresh(connection, token);
            case ChatInbound.Wrong(ChatError error, String message) ->
                    error(connection, error, message);
        };
    }

    private @Nullable CompletionStage<?> presence(
            Connection connection, ChatState state, ChatInbound.Presence said) {
        if (!connection.isIn(Chat.room(names, said.roomId()))) {
            return error(connection, ChatError.NOT_A_MEMBER, ChatError.NOT_A_MEMBER.message());
        }
        PresenceStatus status = PresenceStatus.of(said.status());
        if (status != null) {
            parts.presence().say(state.user, said.roomId(), status);
        }
        return null;
    }

    /// A new token for the same user; until it is found good the old one counts.
    private @Nullable CompletionStage<?> refresh(Connection connection, String token) {
        boolean good =
                parts.tokens().check(token) instanceof TokenCheck.Valid valid
                        && valid.principal().subject().equals(connection.user())
                        && renew(connection, valid.principal().expiresAt());
        if (!good) {
            ChatError error = ChatError.INVALID_TOKEN;
            return error(connection, error, error.message());
        }
        return null;
    }

    private static boolean renew(Connection connection, @Nullable Instant end) {
        if (connection.outbox().wire() instanceof Expiring expiring) {
            expiring.expiresAt(end);
        }
        connection.outbox().send(ChatText.refreshed(end == null ? null : end.toEpochMilli()));
        return true;
    }

    @Override
    public void tooFast(Connection connection) {
        error(connection, ChatError.RATE_LIMITED, ChatError.RATE_LIMITED.message());
    }

    private static @Nullable CompletionStage<?> error(
            Connection connection, ChatError error, String message) {
        connection.outbox().send(ChatText.error(error, message));
        return null;
    }

    private @Nullable CompletionStage<?> pong(Connection connection, ChatState state) {
        parts.signOfLife(connection.loop(), state.user.name());
        connection.outbox().send(ChatText.PONG);
        return null;
    }

    @Override
    public void closed(Connection connection, List<String> left, @Nullable FailureKind why) {
        ChatState state = connection.face().equals(Chat.FACE) ? ChatState.of(connection) : null;
        if (state == null) {
            return;
        }
        connection.state(null);
        parts.returns().end(state);
        for (String channel : left) {
            String roomId = names.local(Chat.FACE, channel);
            if (roomId != null) {
                parts.presence().part(state.user, roomId);
            }
        }
        parts.presence().disconnect(state.user);
    }

    @Override
    public void close() {
        parts.close();
    }
}
