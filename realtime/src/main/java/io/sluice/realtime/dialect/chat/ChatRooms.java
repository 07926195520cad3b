package io.sluice.realtime.dialect.chat;

import io.sluice.core.fail.GatewayException;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Joined;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.presence.Presence;
import io.sluice.realtime.session.RealtimeLimits;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// How connections come into rooms and out of them. Loop thread of the connection; stages end on it.
final class ChatRooms {
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture("");

    private final Hub hub;
    private final ChannelNames names;
    private final RoomBook book;
    private final Errands errands;
    private final Presence presence;
    private final RealtimeLimits limits;
    private final Entry entry;

    /// Who may come into a room.
    enum Entry {
        EVERYBODY,
        MEMBERS
    }

    /// @param members null for somebody who may not come in
    /// @param error why not, where somebody may not
    private record Admission(@Nullable Set<String> members, ChatError error) {
        static final Admission REFUSED = new Admission(null, ChatError.NOT_A_MEMBER);
        static final Admission UNKNOWN = new Admission(null, ChatError.UNAVAILABLE);

        Admission(Set<String> members) {
            this(members, ChatError.UNAVAILABLE);
        }
    }

    ChatRooms(
            Hub hub,
            ChannelNames names,
            RoomBook book,
            Errands errands,
            Presence presence,
            RealtimeLimits limits,
            Entry entry) {
        this.hub = hub;
        this.names = names;
        this.book = book;
        this.errands = errands;
        this.presence = presence;
        this.limits = limits;
        this.entry = entry;
    }

    /// Puts a new connection into the rooms its user was in before, without a word to it.
    CompletionStage<?> returnTo(Connection connection, ChatState state) {
        return errands.run(connection.loop(), () -> book.roomsOf(state.user.name()))
                .exceptionally(gone -> List.of())
                .thenCompose(rooms -> putInto(connection, state, rooms));
    }

    private CompletionStage<?> putInto(Connection connection, ChatState state, List<String> rooms) {
        CompletionStage<?> all = DONE;
        for (String roomId : rooms) {
            if (connection.isOpen() && limits.mayJoin(connection.joined())) {
                state.putInto(roomId);
                CompletionStage<?> one =
                        hub.join(connection, Chat.room(names, roomId))
                                .thenAccept(joined -> present(connection, state, roomId, joined));
                all = all.thenCombine(one, (_, _) -> "");
            }
        }
        return all;
    }

    private void present(Connection connection, ChatState state, String roomId, Joined joined) {
        if (joined.entry() == Joined.Entry.NEW) {
            presence.enter(state.user, roomId, connection.id().text());
        }
    }

    CompletionStage<?> join(Connection connection, ChatState state, ChatInbound.Join join) {
        String channel = Chat.room(names, join.roomId());
        if (!connection.isIn(channel) && !limits.mayJoin(connection.joined())) {
            return refuse(connection, ChatError.TOO_MANY_ROOMS);
        }
        long now = connection.loop().ticker().epochMillis();
        return errands.run(connection.loop(), () -> admit(join.roomId(), state.user.name(), now))
                .exceptionally(gone -> withoutBook(join.roomId(), state.user.name()))
                .thenCompose(admission -> {
                    Set<String> members = admission.members;
                    CompletionStage<?> stage =
                            members == null
                                    ? refuse(connection, admission.error)
                                    : join(connection, state, join, members);
                    return stage.thenApply(_ -> "");
                });
    }

    private Admission admit(String roomId, String userId, long now) {
        boolean may = entry == Entry.EVERYBODY || book.isMember(roomId, userId);
        return may ? new Admission(book.enter(roomId, userId, now)) : Admission.REFUSED;
    }

    /// While the shared server is gone, members are those this node sees.
    private Admission withoutBook(String roomId, String userId) {
        if (entry == Entry.MEMBERS) {
            return Admission.UNKNOWN;
        }
        Set<String> members = new TreeSet<>(Set.of(userId));
        try {
            members.addAll(presence.in(roomId).keySet());
        } catch (GatewayException gone) {
            // Then nobody else is known.
        }
        return new Admission(members);
    }

    private static CompletionStage<?> refuse(Connection connection, ChatError error) {
        connection.outbox().send(ChatText.error(error, error.message()));
        return DONE;
    }

    private CompletionStage<?> join(
            Connection connection, ChatState state, ChatInbound.Join join, Set<String> members) {
        if (join.ar()) {
            hub.join(connection, Chat.stream(names, join.roomId()));
        }
        return hub.join(connection, Chat.room(names, join.roomId()), join.since())
                .thenAccept(joined -> {
                    answer(connection, state, join, members, joined);
                    boolean first =
                            state.joinsItself(join.roomId()) || joined.entry() == Joined.Entry.NEW;
                    if (first) {
                        announce(connection, join.roomId(), MemberChange.Action.JOINED, members);
                    }
                    present(connection, state, join.roomId(), joined);
                });
    }

    private static void answer(
            Connection connection,
            ChatState state,
            ChatInbound.Join join,
            Set<String> members,
            Joined joined) {
        ChatText.Regained regained =
                join.since() == null
                        ? null
                        : new ChatText.Regained(joined.recovered(), joined.latest());
        ChatProfile profile = state.profileOr(ChatProfile.README);
        connection
                .outbox()
                .send(
                        ChatText.joined(
                                profile, join.roomId(), state.user.name(), members, regained));
        for (Message missed : joined.missed()) {
            connection.outbox().send(missed);
        }
    }

    CompletionStage<?> leave(Connection connection, ChatState state, String roomId) {
        if (!hub.leave(connection, Chat.room(names, roomId))) {
            return refuse(connection, ChatError.NOT_A_MEMBER);
        }
        hub.leave(connection, Chat.stream(names, roomId));
        state.joinsItself(roomId);
        String user = state.user.name();
        CompletableFuture<Object> ended = new CompletableFuture<>();
        presence.leave(state.user, roomId)
                .thenCompose(last -> errands.run(connection.loop(), () -> out(roomId, user, last)))
                .whenCompleteAsync(
                        (left, failure) -> {
                            Left outcome = failure == null ? left : new Left(true, Set.of());
                            farewell(connection, state, roomId, outcome);
                            ended.complete("");
                        },
                        inLoop(connection));
        return ended;
    }

    /// @param last whether the user has no other connection in the room
    private record Left(boolean last, Set<String> members) {}

    private Left out(String roomId, String user, boolean last) {
        return new Left(last, last ? book.leave(roomId, user) : book.members(roomId));
    }

    /// At once when the loop runs already, so that on a node that is alone nothing waits.
    private static Executor inLoop(Connection connection) {
        return task -> {
            if (connection.loop().isCurrent()) {
                task.run();
            } else {
                connection.loop().executor().execute(task);
            }
        };
    }

    private void farewell(Connection connection, ChatState state, String roomId, Left left) {
        MemberChange change = change(connection, roomId, MemberChange.Action.LEFT, left.members);
        ChatProfile profile = state.profileOr(ChatProfile.README);
        connection.outbox().send(ChatText.left(profile, roomId, change));
        if (left.last) {
            hub.publish(change);
        }
    }

    private void announce(
            Connection connection, String roomId, MemberChange.Action action, Set<String> members) {
        hub.publish(change(connection, roomId, action, members));
    }

    private MemberChange change(
            Connection connection, String roomId, MemberChange.Action action, Set<String> members) {
        String user = connection.user();
        return new MemberChange(
                Chat.room(names, roomId),
                Chat.FACE,
                action,
                user == null ? "" : user,
                List.copyOf(members),
                connection.loop().ticker().epochMillis(),
                connection.id());
    }

    /// Whether the user may send into the room; ends on the loop.
    CompletionStage<Boolean> maySend(Connection connection, ChatState state, String roomId) {
        if (entry == Entry.EVERYBODY) {
            return CompletableFuture.completedFuture(true);
        }
        return errands.run(connection.loop(), () -> book.isMember(roomId, state.user.name()));
    }
}
