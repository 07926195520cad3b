package io.sluice.realtime.dialect.rt;

import io.sluice.net.loop.PerLoop;
import io.sluice.realtime.hub.Connection;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What clients are told when something is not done. The connection stays open. Loop thread; all calls give null, as the
/// frame is dealt with.
record RtErrors(PerLoop<RtCodec> codecs) {

    @Nullable CompletionStage<Void> say(Connection connection, String code, String message) {
        byte[] group = connection.state() instanceof RtGroup own ? own.json() : null;
        connection
                .outbox()
                .send(
                        codecs.of(connection.loop())
                                .error(
                                        code,
                                        message,
                                        group,
                                        connection.loop().ticker().epochMillis()));
        return null;
    }

    @Nullable CompletionStage<Void> notAllowed(Connection connection, GroupName group) {
        return say(connection, "NOT_ALLOWED", "Not allowed in group " + group.shown());
    }

    @Nullable CompletionStage<Void> notAMember(Connection connection, GroupName group) {
        return say(connection, "NOT_A_MEMBER", "Not a member of group " + group.shown());
    }

    @Nullable CompletionStage<Void> unavailable(Connection connection, GroupName group) {
        return say(
                connection,
                "UNAVAILABLE",
                "Who may be in group " + group.shown() + " cannot be found out now");
    }

    @Nullable CompletionStage<Void> tooLarge(Connection connection, String what) {
        return say(connection, "TOO_LARGE", what + " is too large");
    }
}
