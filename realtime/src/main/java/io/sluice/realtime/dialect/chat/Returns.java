package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Position;
import io.sluice.realtime.dialect.chat.ReturnedRooms.Room;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Joined;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.presence.Presence;
import io.sluice.realtime.session.RealtimeLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Brings a new connection back into the rooms its user was in, without a word to it.
///
/// A client that comes back joins its rooms itself, with the place of the last message it has. What is said between
/// the handshake and that join must not reach it before what it missed. So a room with history is entered only when
/// the client has done something else, or after a while; then it is told what came since the handshake. Loop thread
/// of the connection; stages end on it.
final class Returns {
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture("");

    private final Hub hub;
    private final ChannelNames names;
    private final RoomBook book;
    private final Errands errands;
    private final Presence presence;
    private final RealtimeLimits limits;
    private final Duration wait;

    /// @param wait for the client to join by itself; nothing for none
    Returns(
            Hub hub,
            ChannelNames names,
            RoomBook book,
            Errands errands,
            Presence presence,
            RealtimeLimits limits,
            Duration wait) {
        this.hub = hub;
        this.names = names;
        this.book = book;
        this.errands = errands;
        this.presence = presence;
        this.limits = limits;
        this.wait = wait;
    }

    /// The first thing after the handshake; ends when every room is entered or waits.
    CompletionStage<?> begin(Connection connection, ChatState state) {
        return errands.run(connection.loop(), () -> book.roomsOf(state.user.name()))
                .exceptionally(gone -> List.of())
                .thenCompose(rooms -> begin(connection, state, rooms).thenApply(_ -> ""))
                .thenApply(_ -> {
                    scheduleRest(connection, state);
                    return "";
                });
    }

    private CompletionStage<?> begin(Connection connection, ChatState state, List<String> rooms) {
        CompletionStage<?> all = DONE;
        int channels = connection.joined();
        for (String roomId : rooms) {
            if (connection.isOpen() && limits.mayJoin(channels++)) {
                Room room = state.returned.add(roomId);
                presence.enter(state.user, roomId, connection.id().text());
                all = all.thenCombine(begin(connection, state, room), (_, _) -> "");
            }
        }
        return all;
    }

    private CompletionStage<?> begin(Connection connection, ChatState state, Room room) {
        String channel = Chat.room(names, room.id);
        if (wait.isZero() || !hub.keeps(channel)) {
            return enter(connection, state, room);
        }
        return hub.latest(channel)
                .thenComposeAsync(
                        latest -> begin(connection, state, room, latest).thenApply(_ -> ""),
                        Errands.on(connection.loop()));
    }

    private CompletionStage<?> begin(
            Connection connection, ChatState state, Room room, @Nullable Position latest) {
        room.from = latest;
        return latest == null ? enter(connection, state, room) : DONE;
    }

    private void scheduleRest(Connection connection, ChatState state) {
        if (!state.returned.waiting().isEmpty()) {
            connection
                    .loop()
                    .executor()
                    .schedule(
                            () -> enterAll(connection, state),
                            wait.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    /// Enters the rooms that still wait.
    CompletionStage<?> enterAll(Connection connection, ChatState state) {
        CompletionStage<?> all = DONE;
        for (Room room : state.returned.waiting()) {
            all = all.thenCombine(enter(connection, state, room), (_, _) -> "");
        }
        return all;
    }

    private CompletionStage<?> enter(Connection connection, ChatState state, Room room) {
        CompletionStage<?> entered =
                hub.join(connection, Chat.room(names, room.id), room.from)
                        .thenAccept(joined -> entered(connection, state, room, joined));
        room.entered = entered;
        return entered;
    }

    private void entered(Connection connection, ChatState state, Room room, Joined joined) {
        String channel = Chat.room(names, room.id);
        if (!state.returned.has(room)) {
            hub.leave(connection, channel);
            return;
        }
        room.heard = true;
        if (room.from == null) {
            room.from = before(joined);
        } else if (!joined.recovered()) {
            room.from = before(joined);
            connection.outbox().send(new Gap(channel, joined.latest()));
        }
        for (Message missed : joined.missed()) {
            connection.outbox().send(missed);
        }
    }

    /// The place before the first message that is told.
    private static @Nullable Position before(Joined joined) {
        Position first = joined.missed().isEmpty() ? null : joined.missed().getFirst().position();
        return first == null ? joined.latest() : new Position(first.epoch(), first.offset() - 1);
    }

    /// The connection has ended.
    void end(ChatState state) {
        for (Room room : state.returned.unheard()) {
            presence.part(state.user, room.id);
        }
    }
}
