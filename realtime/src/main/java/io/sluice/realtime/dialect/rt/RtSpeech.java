package io.sluice.realtime.dialect.rt;

import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonValue;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.PerLoop;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Message;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What clients say in groups. Loop thread.
///
/// @param door whoever is not in a group it minds is not asked about either, and is refused
/// @param outsiders whether others are
record RtSpeech(
        Hub hub,
        ChannelNames names,
        RtSessions sessions,
        PerLoop<RtCodec> codecs,
        GroupRules rules,
        RtErrors errors,
        GroupDoor door,
        Outsiders outsiders) {

    /// Who sends to a group without being in it.
    enum Outsiders {
        HEARD,
        REFUSED
    }

    @Nullable CompletionStage<?> update(Connection connection, JsonObject frame) {
        RtGroup own = connection.state() instanceof RtGroup group ? group : null;
        JsonValue named = RtCodec.target(frame);
        GroupName target = own == null ? null : own.name();
        if (named != null) {
            target = GroupName.truthy(named) ? GroupName.of(named) : null;
        }
        if (target == null && !rules.mayAll(connection.principal())) {
            return errors.say(connection, "NOT_ALLOWED", "Not allowed to send to everybody");
        }
        if (target != null && target.tooLong()) {
            return errors.tooLarge(connection, "Group name");
        }
        if (target != null
                && !isIn(own, target)
                && !rules.mayJoin(connection.principal(), target.local())) {
            return errors.notAllowed(connection, target);
        }
        String channel =
                target == null
                        ? RtDialect.EVERYBODY
                        : own != null && isIn(own, target)
                                ? own.channel()
                                : names.channel(RtDialect.ID, target.local());
        if (target != null
                && !isIn(own, target)
                && (outsiders == Outsiders.REFUSED || door.minds(connection, channel))) {
            return errors.notAMember(connection, target);
        }
        Loop loop = connection.loop();
        RtCodec codec = codecs.of(loop);
        RtCodec.SessionNote session = codec.session(frame);
        if (session != null && target != null) {
            sessions.note(target.local(), session.id(), session.meta());
        }
        long now = loop.ticker().epochMillis();
        byte[] body = codec.dataUpdate(frame, own == null ? null : own.json(), now);
        hub.publish(
                Message.of(
                        channel,
                        RtDialect.ID,
                        "data_update",
                        connection.user(),
                        body,
                        loop.ids().requestId(),
                        now));
        return null;
    }

    private static boolean isIn(@Nullable RtGroup own, GroupName target) {
        return own != null && own.local().equals(target.local());
    }
}
