package io.sluice.realtime.dialect.rt;

import io.sluice.core.identity.Principal;
import io.sluice.net.loop.Offload;
import io.sluice.realtime.dialect.Doorkeeper;
import io.sluice.realtime.hub.Arrival;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.session.Scopes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The door of groups whose channel is another face's too, and is for those whom that face admits: such as a strict room
/// of chat. Loop thread.
record GroupDoor(Hub hub, Doorkeeper doors, RtErrors errors) {

    /// Whether somebody is to be asked before this client comes in. Servers may be anywhere.
    boolean minds(Connection connection, String channel) {
        Principal who = connection.principal();
        return doors.minds(channel) && (who == null || !who.scopes().contains(Scopes.ALL_CHANNELS));
    }

    /// Asks about a channel it minds.
    ///
    /// @return ends on the loop, with false for a client that was told why not
    CompletionStage<Boolean> admits(Connection connection, GroupName group, String channel) {
        CompletableFuture<Boolean> verdict = new CompletableFuture<>();
        String user = connection.user();
        Arrival arrival = hub.arrivals().begin(connection.loop(), user);
        Offload.call(
                connection.loop(),
                () -> doors.admits(channel, user),
                (admitted, _) -> {
                    arrival.end();
                    Boolean still =
                            admitted == null ? null : admitted && !arrival.isBarred(channel);
                    verdict.complete(connection.isOpen() && tell(connection, group, still));
                });
        return verdict;
    }

    /// @param admitted null when nobody could say
    private boolean tell(Connection connection, GroupName group, @Nullable Boolean admitted) {
        if (admitted == null) {
            errors.unavailable(connection, group);
        } else if (!admitted) {
            errors.notAMember(connection, group);
        }
        return admitted != null && admitted;
    }
}
