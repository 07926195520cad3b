package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Hands over to one connection what waits for it in its channels, run by run in the order in which it was published.
/// Loop thread.
final class Interleaving {
    private Interleaving() {}

    /// Queues all of it, shared with the other members.
    static void share(Connection connection) {
        Membership next = oldest(connection);
        while (next != null) {
            connection.outbox().put(next.cohort().shareRun(next));
            next = oldest(connection);
        }
    }

    /// Queues a copy of all of it: what it is copied from may still grow and move.
    ///
    /// @param hub the loop's, for a buffer
    static void copy(Connection connection, LoopHub hub) {
        int length = waiting(connection);
        if (length == 0) {
            return;
        }
        ByteBuf copy = hub.buffer(length);
        Membership next = oldest(connection);
        while (next != null) {
            next.cohort().copyRun(next, copy);
            next = oldest(connection);
        }
        connection.outbox().put(copy);
    }

    private static int waiting(Connection connection) {
        int bytes = 0;
        for (int i = 0; i < connection.joined(); i++) {
            Membership membership = connection.membership(i);
            bytes += membership.cohort().waiting(membership);
        }
        return bytes;
    }

    private static @Nullable Membership oldest(Connection connection) {
        Membership oldest = null;
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i < connection.joined(); i++) {
            Membership membership = connection.membership(i);
            if (membership.cohort().waiting(membership) > 0) {
                int run = membership.cohort().nextRun(membership);
                if (run < lowest) {
                    lowest = run;
                    oldest = membership;
                }
            }
        }
        return oldest;
    }
}
