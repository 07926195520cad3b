package io.sluice.realtime.dialect.rt;

import io.sluice.core.fail.FailureKind;
import io.sluice.core.json.JsonObject;
import io.sluice.net.loop.PerLoop;
import io.sluice.realtime.dialect.Dialect;
import io.sluice.realtime.dialect.Face;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.ConnectionListener;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Joined;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Serves the clients of rt. The state of a connection is its [RtGroup], or null.
public final class RtFace implements Face, ConnectionListener, AutoCloseable {
    private final Hub hub;
    private final ChannelNames names;
    private final Duration silence;
    private final RtDialect dialect;
    private final RtGroups groups;
    private final RtSessions sessions;
    private final PerLoop<RtCodec> codecs;
    private final RtPresence presence;
    private final Overview overview;
    private final RtSpeech speech;
    private final GroupRules rules;
    private final RtErrors errors;
    private final GroupDoor door;

    private RtFace(RtConfig config, FaceContext context) {
        this.hub = context.hub();
        this.names = context.names();
        this.silence = config.heartbeatTimeout();
        this.dialect = new RtDialect(names, context.dialects(), config);
        this.groups = new RtGroups(names, RtDialect.ID);
        this.sessions =
                new RtSessions(
                        context.loops().getFirst().ticker(),
                        config.orphanSessionTtl(),
                        local -> groups.find(local) != null);
        this.codecs = new PerLoop<>(context.loops().size(), () -> new RtCodec(config));
        this.presence =
                new RtPresence(
                        hub,
                        context.bus(),
                        names,
                        context.loops().getFirst().ticker(),
                        context.limits(),
                        groups);
        this.overview = new Overview(groups, presence, codecs);
        this.rules = new GroupRules(config.joinGroups());
        this.errors = new RtErrors(codecs);
        this.door = new GroupDoor(hub, context.doors(), errors);
        this.speech =
                new RtSpeech(
                        hub,
                        names,
                        sessions,
                        codecs,
                        rules,
                        errors,
                        door,
                        config.requireMembership()
                                ? RtSpeech.Outsiders.REFUSED
                                : RtSpeech.Outsiders.HEARD);
    }

    /// Makes the face known to the hub and to other dialects.
    public static RtFace start(RtConfig config, FaceContext context) {
        RtFace face = new RtFace(config, context);
        context.dialects().add(face.dialect);
        context.hub().listen(face);
        new RtUpkeep(face.groups, face.sessions, context.metrics())
                .runOn(context.loops().getFirst());
        return face;
    }

    /// Sessions that clients of this node have described in a group, by the full name of its channel. Any thread.
    public List<RtSession> sessions(String channel) {
        String local = names.local(RtDialect.ID, channel);
        return local == null ? List.of() : sessions.of(local);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Duration silence() {
        return silence;
    }

    @Override
    public @Nullable CompletionStage<?> welcome(Connection connection) {
        CompletionStage<Joined> joined = hub.join(connection, RtDialect.EVERYBODY);
        connection.outbox().send(codec(connection).ready(connection.id().text(), now(connection)));
        return open(joined);
    }

    /// The stage while it has not ended.
    private static @Nullable CompletionStage<?> open(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone() ? null : stage;
    }

    @Override
    public @Nullable CompletionStage<?> text(Connection connection, String text) {
        return switch (codec(connection).decode(text)) {
            case RtInbound.Identify identify -> identify(connection, identify);
            case RtInbound.DataUpdate(JsonObject frame) -> speech.update(connection, frame);
            case RtInbound.Heartbeat _ -> null;
            case RtInbound.Malformed _ ->
                    errors.say(connection, "BAD_JSON", "Unable to parse message");
            case RtInbound.Unknown(String type) ->
                    errors.say(connection, "UNKNOWN_TYPE", "Unsupported signal: " + type);
            case RtInbound.Faceless _ ->
                    errors.say(connection, "INVALID_IDENTIFY", "Identify payload is required");
            case RtInbound.TooLarge(String what) -> errors.tooLarge(connection, what);
        };
    }

    @Override
    public void tooFast(Connection connection) {
        errors.say(connection, "RATE_LIMITED", "Too many messages");
    }

    private @Nullable CompletionStage<?> identify(
            Connection connection, RtInbound.Identify identify) {
        GroupName wanted = identify.group();
        if (wanted != null && !rules.mayJoin(connection.principal(), wanted.local())) {
            return errors.notAllowed(connection, wanted);
        }
        if (identify.watch() == RtInbound.Watch.OWN_GROUP) {
            return enter(connection, identify);
        }
        if (!rules.mayAll(connection.principal())) {
            return errors.say(connection, "NOT_ALLOWED", "Not allowed to watch all groups");
        }
        dialect.watch(connection);
        CompletionStage<?> watching =
                hub.join(connection, RtDialect.WATCHERS)
                        .thenCompose(joined -> beginToWatch(connection, joined));
        return open(watching) == null
                ? enter(connection, identify)
                : watching.thenCompose(_ -> orDone(enter(connection, identify)));
    }

    private CompletionStage<Void> beginToWatch(Connection connection, Joined joined) {
        return joined.entry() == Joined.Entry.NEW ? overview.tell(connection) : orDone(null);
    }

    private static CompletionStage<Void> orDone(@Nullable CompletionStage<Void> stage) {
        return stage == null ? CompletableFuture.completedStage(null) : stage;
    }

    private @Nullable CompletionStage<Void> enter(
            Connection connection, RtInbound.Identify identify) {
        RtGroup before = group(connection);
        GroupName wanted = identify.group();
        if (wanted == null || (before != null && before.local().equals(wanted.local()))) {
            return present(connection, before, identify.details());
        }
        String channel = names.channel(RtDialect.ID, wanted.local());
        if (!door.minds(connection, channel)) {
            return move(connection, wanted, identify.details());
        }
        return door.admits(connection, wanted, channel)
                .thenCompose(admitted ->
                        orDone(admitted ? move(connection, wanted, identify.details()) : null));
    }

    private @Nullable CompletionStage<Void> move(
            Connection connection, GroupName wanted, byte[] details) {
        RtGroup before = group(connection);
        RtGroup group = groups.enter(wanted);
        connection.state(group);
        if (before != null) {
            hub.leave(connection, before.channel());
            left(before);
        }
        CompletionStage<Joined> joined = hub.join(connection, group.channel());
        return open(joined) == null
                ? present(connection, group, details)
                : joined.thenCompose(_ -> orDone(joinedLate(connection, group, details)));
    }

    /// Unless it was expelled meanwhile.
    private @Nullable CompletionStage<Void> joinedLate(
            Connection connection, RtGroup group, byte[] details) {
        if (group.equals(group(connection))) {
            return present(connection, group, details);
        }
        hub.leave(connection, group.channel());
        return null;
    }

    /// Tells the group who came, and then the client that it is ready.
    private @Nullable CompletionStage<Void> present(
            Connection connection, @Nullable RtGroup group, byte[] details) {
        RtCodec codec = codec(connection);
        ConnectionId id = connection.id();
        if (group == null) {
            connection.outbox().send(codec.ready(id.text(), now(connection)));
            return null;
        }
        group.details(details);
        // Directly, as over a bus the event comes back later and ready must come behind it.
        connection.outbox().send(codec.presence(group.json(), "UP", details, now(connection)));
        CompletionStage<Void> told = presence.up(group.local(), details, id);
        if (told == null) {
            ready(connection, group, details);
            return null;
        }
        return told.thenRunAsync(
                () -> ready(connection, group, details), connection.loop().executor());
    }

    private void ready(Connection connection, RtGroup group, byte[] details) {
        String id = connection.id().text();
        connection
                .outbox()
                .send(codec(connection).ready(id, group.json(), details, now(connection)));
    }

    @Override
    public void expelled(Connection connection, String channel) {
        RtGroup group = connection.face().equals(RtDialect.ID) ? group(connection) : null;
        if (group != null && group.channel().equals(channel)) {
            connection.state(null);
            left(group);
            errors.notAMember(connection, group.name());
        }
    }

    @Override
    public void closed(Connection connection, List<String> left, @Nullable FailureKind why) {
        if (connection.face().equals(RtDialect.ID)) {
            RtGroup group = group(connection);
            connection.state(null);
            if (group != null) {
                left(group);
            }
        }
    }

    private void left(RtGroup group) {
        if (groups.leave(group)) {
            presence.left(group);
        }
    }

    /// Lets go of what this node holds for its groups.
    @Override
    public void close() {
        presence.close();
    }

    private static @Nullable RtGroup group(Connection connection) {
        return connection.state() instanceof RtGroup group ? group : null;
    }

    private RtCodec codec(Connection connection) {
        return codecs.of(connection.loop());
    }

    private static long now(Connection connection) {
        return connection.loop().ticker().epochMillis();
    }
}
