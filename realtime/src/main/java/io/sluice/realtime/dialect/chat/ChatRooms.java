package io.sluice.realtime.dialect.chat;

import io.sluice.realtime.dialect.chat.ReturnedRooms.Room;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Joined;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.presence.Presence;
import io.sluice.realtime.session.RealtimeLimits;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private final int rosterLimit;
    private final SecondLook secondLook;

    /// @param members null for somebody who may not come in
    /// @param error why not, where somebody may not
    private record Admission(@Nullable Roster members, ChatError error) {
        static final Admission REFUSED = new Admission(null, ChatError.NOT_A_MEMBER);
        static final Admission UNKNOWN = new Admission(null, ChatError.UNAVAILABLE);

        Admission(Roster members) {
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
            int rosterLimit,
            SecondLook secondLook) {
        this.hub = hub;
        this.names = names;
        this.book = book;
        this.errands = errands;
        this.presence = presence;
        this.limits = limits;
        this.rosterLimit = rosterLimit;
        this.secondLook = secondLook;
    }

    CompletionStage<?> join(Connection connection, ChatState state, ChatInbound.Join join) {
        String roomId = join.roomId();
        Room back = state.returned.find(roomId);
        if (back != null && back.entered != null && !back.heard) {
            return back.entered.thenCompose(_ -> join(connection, state, join).thenApply(_ -> ""));
        }
        int channels = connection.joined() + state.returned.waiting().size();
        if (back == null
                && !connection.isIn(Chat.room(names, roomId))
                && !limits.mayJoin(channels)) {
            return refuse(connection, ChatError.TOO_MANY_ROOMS);
        }
        if (back != null) {
            back.entered = DONE;
        }
        state.joining = roomId;
        long now = connection.loop().ticker().epochMillis();
        return errands.run(connection.loop(), () -> admit(roomId, state.user.name(), now))
                .exceptionally(gone -> withoutBook(roomId, state.user.name()))
                .thenCompose(admission -> {
                    Roster members = admission.members;
                    CompletionStage<?> stage =
                            members == null
                                    ? turnAway(connection, state, roomId, admission.error)
                                    : join(connection, state, join, members);
                    return stage.thenApply(_ -> "");
                })
                .whenComplete((_, _) -> {
                    if (!connection.isOpen()) {
                        secondLook.ended(roomId, state.user.name(), connection.loop().ticker());
                    }
                });
    }

    private Admission admit(String roomId, String userId, long now) {
        return book.admits(roomId, userId)
                ? new Admission(book.enter(roomId, userId, now))
                : Admission.REFUSED;
    }

    /// While the shared server is gone, members are those this node sees.
    private Admission withoutBook(String roomId, String userId) {
        if (!book.isOpenToAll()) {
            return Admission.UNKNOWN;
        }
        return new Admission(here(roomId, Set.of(userId)));
    }

    /// @param others who count as well
    private Roster here(String roomId, Set<String> others) {
        Set<String> members = new TreeSet<>(presence.here(roomId));
        members.addAll(others);
        return Roster.of(members, rosterLimit);
    }

    private static CompletionStage<?> refuse(Connection connection, ChatError error) {
        connection.outbox().send(ChatText.error(error, error.message()));
        return DONE;
    }

    /// Whoever may not join is not kept in the room from before either, unless nothing is known of it.
    private CompletionStage<?> turnAway(
            Connection connection, ChatState state, String roomId, ChatError error) {
        state.joining = null;
        Room back = state.returned.find(roomId);
        if (error == ChatError.NOT_A_MEMBER || (back != null && !back.heard)) {
            takeOut(connection, state, roomId);
        }
        return refuse(connection, error);
    }

    private CompletionStage<?> join(
            Connection connection, ChatState state, ChatInbound.Join join, Roster members) {
        String roomId = join.roomId();
        if (join.ar()) {
            hub.join(connection, Chat.stream(names, roomId));
        }
        return hub.join(connection, Chat.room(names, roomId), join.since())
                .thenCompose(joined -> {
                    Room back = state.returned.find(roomId);
                    boolean isNew = joined.entry() == Joined.Entry.NEW;
                    if (!roomId.equals(state.joining)) {
                        revoke(connection, state, roomId, joined);
                        return Breath.NONE;
                    }
                    state.joining = null;
                    state.returned.remove(roomId);
                    answer(connection, state, join, members, joined, back);
                    if (isNew || back != null) {
                        hub.publish(
                                change(connection, roomId, MemberChange.Action.JOINED, members));
                    }
                    if (isNew && back == null) {
                        presence.enter(state.user, roomId, connection.id().text());
                    }
                    return joined.missed().isEmpty() ? Breath.NONE : Breath.of(connection);
                });
    }

    /// The user was taken out of the room while it joined.
    private void revoke(Connection connection, ChatState state, String roomId, Joined joined) {
        if (joined.entry() == Joined.Entry.NEW && state.returned.find(roomId) == null) {
            leaveChannels(connection, roomId);
            forget(connection, state, roomId);
            refuse(connection, ChatError.NOT_A_MEMBER);
        } else {
            turnAway(connection, state, roomId, ChatError.NOT_A_MEMBER);
        }
    }

    private static void answer(
            Connection connection,
            ChatState state,
            ChatInbound.Join join,
            Roster members,
            Joined joined,
            @Nullable Room back) {
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
            if (back == null || !back.wasTold(missed)) {
                connection.outbox().send(missed);
            }
        }
    }

    /// The room service says that the user is no member any more. A join that is under way is turned away at its end.
    void removed(Connection connection, ChatState state, String roomId) {
        if (roomId.equals(state.joining)) {
            state.joining = null;
        } else {
            takeOut(connection, state, roomId);
        }
    }

    private void takeOut(Connection connection, ChatState state, String roomId) {
        Room back = state.returned.remove(roomId);
        boolean was = leaveChannels(connection, roomId);
        if (was || back != null) {
            presence.leave(state.user, roomId);
            forget(connection, state, roomId);
        }
    }

    /// @return whether it was in the room
    boolean leaveChannels(Connection connection, String roomId) {
        boolean was = hub.leave(connection, Chat.room(names, roomId));
        hub.leave(connection, Chat.stream(names, roomId));
        return was;
    }

    private void forget(Connection connection, ChatState state, String roomId) {
        String user = state.user.name();
        errands.run(
                connection.loop(),
                () -> {
                    book.forget(roomId, user);
                    return "";
                });
    }

    CompletionStage<?> leave(Connection connection, ChatState state, String roomId) {
        if (!leaveChannels(connection, roomId)) {
            return refuse(connection, ChatError.NOT_A_MEMBER);
        }
        state.returned.remove(roomId);
        String user = state.user.name();
        CompletableFuture<Object> ended = new CompletableFuture<>();
        presence.leave(state.user, roomId)
                .thenCompose(last -> errands.run(connection.loop(), () -> out(roomId, user, last)))
                .whenCompleteAsync(
                        (left, failure) -> {
                            Left outcome = failure == null ? left : leftWithoutBook(roomId, user);
                            farewell(connection, state, roomId, outcome);
                            ended.complete("");
                        },
                        Errands.on(connection.loop()));
        return ended;
    }

    /// @param last whether the user has no other connection in the room
    private record Left(boolean last, Roster members) {}

    private Left leftWithoutBook(String roomId, String user) {
        boolean stays = presence.here(roomId).contains(user);
        return new Left(!stays, here(roomId, Set.of()));
    }

    private Left out(String roomId, String user, boolean last) {
        return new Left(last, last ? book.leave(roomId, user) : book.roster(roomId));
    }

    private void farewell(Connection connection, ChatState state, String roomId, Left left) {
        MemberChange change = change(connection, roomId, MemberChange.Action.LEFT, left.members);
        ChatProfile profile = state.profileOr(ChatProfile.README);
        connection.outbox().send(ChatText.left(profile, roomId, change));
        if (left.last) {
            hub.publish(change);
            if (book.isOpenToAll()) {
                secondLook.after(roomId, state.user.name(), connection.loop().ticker());
            }
        }
    }

    /// Of large rooms the others are told the change alone.
    private MemberChange change(
            Connection connection, String roomId, MemberChange.Action action, Roster members) {
        String user = connection.user();
        return new MemberChange(
                Chat.room(names, roomId),
                Chat.FACE,
                action,
                user == null ? "" : user,
                members.whole(),
                members.toldSize(),
                connection.loop().ticker().epochMillis(),
                connection.id());
    }

    /// Whether the user may send into the room; ends on the loop.
    CompletionStage<Boolean> maySend(Connection connection, ChatState state, String roomId) {
        if (book.isOpenToAll()) {
            return CompletableFuture.completedFuture(true);
        }
        return errands.run(connection.loop(), () -> book.admits(roomId, state.user.name()));
    }
}
