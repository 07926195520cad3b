package io.sluice.realtime.session;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Range;
import java.time.Duration;
import java.util.function.BiConsumer;

/// `gateway.realtime.limits`: the share of one client, one user and one address. 0 lifts a limit.
public record RealtimeLimits(
        @Doc(
                        "Frames a client may send per second; over it an error, then close code 1008; 0 for any number.")
                @Default("20")
                @Range(min = 0, max = 1_000_000)
                int framesPerSecond,
        @Doc("Frames a client may send at once.") @Default("40") @Range(min = 1, max = 1_000_000)
                int frameBurst,
        @Doc("Channels a connection may be in; the next join is answered with an error.")
                @Default("100")
                @Range(min = 0)
                int channelsPerConnection,
        @Doc("Connections of one user on all nodes together; 0 for any number.")
                @Default("10")
                @Range(min = 0)
                int connectionsPerUser,
        @Doc("What a connection over that number does.") @Default("reject_new") UserFull userFull,
        @Doc("Connections of one address on this node; over it 429; 0 for any number.")
                @Default("0")
                @Range(min = 0)
                int connectionsPerAddress,
        @Doc(
                        "Leading bits of an IPv6 address that count as one for connectionsPerAddress; 128 for each address by itself.")
                @Default("64")
                @Range(min = 1, max = 128)
                int connectionsIpv6Prefix,
        @Doc(
                        "What a node holds for its clients, such as the places of users and its members of rt groups, is free again when nothing was heard of the node for this long.")
                @Default("60s")
                Duration lease)
        implements Checked {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    /// What stands in force when nothing is set.
    public static final RealtimeLimits DEFAULT =
            new RealtimeLimits(20, 40, 100, 10, UserFull.REJECT_NEW, 0, 64, Duration.ofSeconds(60));

    /// What happens when a user has all connections he may have.
    public enum UserFull {
        /// The new one is closed with 4003.
        REJECT_NEW,
        /// The oldest one is closed with 4004.
        KICK_OLDEST
    }

    /// How often a node renews what it holds, and looks for what others no longer renew: twice within a lease, with room
    /// for one that comes late.
    public Duration renewal() {
        return lease.multipliedBy(2).dividedBy(5);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            problem.accept("lease", lease + ", expected at least " + SHORTEST_LEASE);
        }
    }

    /// Whether a connection in so many channels may join another.
    public boolean mayJoin(int channels) {
        return channelsPerConnection == 0 || channels < channelsPerConnection;
    }
}
