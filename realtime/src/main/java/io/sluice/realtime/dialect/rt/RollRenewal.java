package io.sluice.realtime.dialect.rt;

import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import io.sluice.bus.Leases.Admission;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Renews what a node holds for its groups, and finds those whose end others have told since nothing was heard of the
/// node for the length of a lease. One thread; fails like the bus.
final class RollRenewal {
    private final Leases leases;
    private final Ticker ticker;
    private final Duration length;
    private long renewedAt;

    RollRenewal(Leases leases, Ticker ticker, Duration length) {
        this.leases = leases;
        this.ticker = ticker;
        this.length = length;
        this.renewedAt = ticker.nanos();
    }

    /// @param mine what this node holds, beside what says that a group is up
    /// @return groups that were not up any more, or that the server had forgotten
    List<String> renew(Collection<Lease> mine, Collection<String> groups) {
        long now = ticker.nanos();
        List<String> back = new ArrayList<>();
        if (!groups.isEmpty()) {
            List<Lease> up = groups.stream().map(local -> new Lease(SharedRoll.UP, local)).toList();
            leases.renew(mine, length);
            if (now - renewedAt < length.toNanos()) {
                leases.renew(up, length);
            } else {
                for (Lease lease : up) {
                    if (leases.take(lease, length) == Admission.ADDED) {
                        back.add(lease.member());
                    }
                }
            }
        }
        renewedAt = now;
        return back;
    }
}
