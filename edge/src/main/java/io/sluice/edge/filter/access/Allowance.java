package io.sluice.edge.filter.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// So many a second on average, and as many at once. Any thread.
final class Allowance {
    private final long step;
    private final long burst;

    /// Monotonic time up to which all has been spent.
    private final AtomicLong spent;

    /// @param now monotonic time
    Allowance(int perSecond, long now) {
        this.burst = TimeUnit.SECONDS.toNanos(1);
        this.step = burst / perSecond;
        this.spent = new AtomicLong(now - burst);
    }

    /// Takes one; false when there is none left.
    ///
    /// @param now monotonic time
    boolean take(long now) {
        while (true) {
            long before = spent.get();
            long floor = now - burst;
            long after = (before - floor > 0 ? before : floor) + step;
            if (after - now > 0) {
                return false;
            }
            if (spent.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
