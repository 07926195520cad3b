package io.sluice.realtime.dialect.rt;

import io.sluice.bus.Bus;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.PresenceChange;
import io.sluice.realtime.session.RealtimeLimits;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Tells how groups are: their members through the channel of the group, and those who watch all groups through one of
/// their own. Any thread.
final class RtPresence implements AutoCloseable {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    private final Hub hub;
    private final ChannelNames names;
    private final Ticker ticker;
    private final RtGroups groups;

    /// Null when no other node shares the groups.
    private final @Nullable SharedRoll roll;

    /// @param limits how long what this node said of its groups outlives it
    /// @param groups those with members on this node
    RtPresence(
            Hub hub,
            Bus bus,
            ChannelNames names,
            Ticker ticker,
            RealtimeLimits limits,
            RtGroups groups) {
        this.hub = hub;
        this.names = names;
        this.ticker = ticker;
        this.groups = groups;
        this.roll =
                bus.alone()
                        ? null
                        : SharedRoll.start(
                                bus,
                                ticker,
                                limits,
                                local -> {
                                    RtGroup group = groups.find(local);
                                    return group == null ? null : group.details();
                                },
                                (local, status, details) -> tell(local, status, details, null));
    }

    /// Somebody has come, with these details, and knows it already. In a cluster others are told once the group is known
    /// to be in use here, so that nobody who heard of it hears of its end first.
    ///
    /// @return null when all have been told, else what ends then, on any thread
    @Nullable CompletionStage<Void> up(String local, byte[] details, ConnectionId who) {
        if (roll == null) {
            tell(local, UP, details, who);
            return null;
        }
        return roll.present(local, details, () -> tell(local, UP, details, who));
    }

    /// Groups that are up on any node; null when there is no other node, and what this one knows is all.
    @Nullable CompletionStage<Map<String, byte[]>> up() {
        return roll == null ? null : roll.reader().up();
    }

    /// Of these groups, those that are over some time later.
    CompletionStage<Set<String>> overSoon(Set<String> groups) {
        return roll == null
                ? CompletableFuture.completedStage(Set.of())
                : roll.reader().overSoon(groups);
    }

    /// The last member on this node has left. Meanwhile somebody may have come in by another loop, and have been told of
    /// already: then the group has not ended, and whoever heard that it has is told better.
    void left(RtGroup group) {
        String local = group.local();
        if (roll != null) {
            roll.left(local);
        } else if (groups.find(local) == null) {
            tell(local, DOWN, group.details(), null);
            RtGroup again = groups.find(local);
            if (again != null && again.details().length > 0) {
                tell(local, UP, again.details(), null);
            }
        }
    }

    private void tell(String local, String status, byte[] details, @Nullable ConnectionId except) {
        String channel = names.channel(RtDialect.ID, local);
        hub.publish(change(channel, local, status, details, except));
        hub.publish(change(RtDialect.WATCHERS, local, status, details, except));
    }

    private PresenceChange change(
            String channel,
            String local,
            String status,
            byte[] details,
            @Nullable ConnectionId except) {
        long now = ticker.epochMillis();
        return new PresenceChange(channel, RtDialect.ID, local, status, details, now, except);
    }

    @Override
    public void close() {
        if (roll != null) {
            roll.close();
        }
    }
}
