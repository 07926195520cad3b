package io.sluice.bus.local;

import io.sluice.bus.Counters;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.Collection;

/// Counters of one node, which is all there is.
public final class LocalCounters implements Counters {
    private final Expiring<Long> counts;

    public LocalCounters(Ticker ticker) {
        counts = new Expiring<>(ticker);
    }

    @Override
    public long add(String key, long delta, Duration length) {
        long[] sum = new long[1];
        counts.change(
                key,
                length,
                before -> {
                    sum[0] = (before == null ? 0 : before) + delta;
                    return sum[0] == 0 ? null : Long.valueOf(sum[0]);
                });
        if (sum[0] != 0) {
            counts.renew(key, length);
        }
        return sum[0];
    }

    @Override
    public long get(String key) {
        Long count = counts.get(key);
        return count == null ? 0 : count;
    }

    @Override
    public void renew(Collection<String> keys, Duration length) {
        for (String key : keys) {
            counts.renew(key, length);
        }
    }
}
