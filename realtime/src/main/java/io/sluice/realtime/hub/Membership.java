package io.sluice.realtime.hub;

import io.sluice.net.direct.DirectSocket;
import org.jspecify.annotations.Nullable;

/// One connection in one channel. Loop thread.
final class Membership {
    final Connection connection;

    /// Beside the connection, so that a broadcast reads three objects of a member and not eight.
    final @Nullable DirectSocket direct;

    private Cohort cohort;

    /// Place in the cohort's array.
    int index;

    /// How much of what waits in the cohort this member has got already or is not meant to get.
    int written;

    Membership(Connection connection, Cohort cohort) {
        this.connection = connection;
        this.direct = connection.outbox().wire().direct();
        this.cohort = cohort;
        cohort.add(this);
    }

    Shard shard() {
        return cohort.shard();
    }

    Cohort cohort() {
        return cohort;
    }

    /// What waits in the old form must be settled before.
    void moveTo(WireForm form) {
        Shard shard = cohort.shard();
        cohort.remove(this);
        cohort = shard.cohort(form);
        cohort.add(this);
    }
}
