package io.sluice.realtime.session;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Range;

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
                int connectionsPerAddress) {

    /// What stands in force when nothing is set.
    public static final RealtimeLimits DEFAULT =
            new RealtimeLimits(20, 40, 100, 10, UserFull.REJECT_NEW, 0);

    /// What happens when a user has all connections he may have.
    public enum UserFull {
        /// The new one is closed with 4003.
        REJECT_NEW,
        /// The oldest one is closed with 4004.
        KICK_OLDEST
    }

    /// Whether a connection in so many channels may join another.
    public boolean mayJoin(int channels) {
        return channelsPerConnection == 0 || channels < channelsPerConnection;
    }
}
