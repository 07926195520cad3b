package io.sluice.realtime.hub;

/// One connection in one channel. Loop thread.
final class Membership {
    final Connection connection;
    private Cohort cohort;

    /// Place in the cohort's array.
    int index;

    /// How much of what waits in the cohort this member has got already or is not meant to get.
    int written;

    Membership(Connection connection, Cohort cohort) {
        this.connection = connection;
        this.cohort = cohort;
        cohort.add(this);
    }

    Shard shard() {
        return cohort.shard();
    }

    Cohort cohort() {
        return cohort;
    }

    void settle() {
        cohort.settle(this);
    }

    /// What waits in the old form must be settled before.
    void moveTo(WireForm form) {
        Shard shard = cohort.shard();
        cohort.remove(this);
        cohort = shard.cohort(form);
        cohort.add(this);
    }
}
