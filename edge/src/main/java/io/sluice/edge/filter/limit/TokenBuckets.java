package io.sluice.edge.filter.limit;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Token buckets by key: `rate` tokens a second, at most `capacity` at once, one per request. Any thread, no locks.
///
/// A bucket is one number, the time at which it will be full again, so that fractions of tokens are kept exactly. Full
/// buckets are forgotten when there are more than the allowed number of keys, and then those that are nearest to full: a
/// client that was just refused is not helped by others flooding the table.
public final class TokenBuckets {
    /// Enough for every client a node can serve, at about 100 bytes each.
    public static final int MAX_KEYS = 100_000;

    private static final int SAMPLE = 64;

    private final ConcurrentHashMap<String, AtomicLong> fullAt = new ConcurrentHashMap<>();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final RateLimit limit;
    private final long tokenNanos;
    private final long capacityNanos;
    private final int maxKeys;

    public TokenBuckets(RateLimit limit, int maxKeys) {
        this.limit = limit;
        this.maxKeys = maxKeys;
        this.tokenNanos = (long) (TimeUnit.SECONDS.toNanos(1) / limit.requestsPerSecond());
        this.capacityNanos = Math.multiplyExact(tokenNanos, limit.capacity());
    }

    public RateLimit limit() {
        return limit;
    }

    /// Takes one token. Positive: it was there, and the bucket is full again in that many nanoseconds. Negative: it was
    /// not, and the next one comes in minus that many nanoseconds.
    public long take(String key, long now) {
        AtomicLong bucket = fullAt.get(key);
        if (bucket == null) {
            bucket = enter(key, now);
        }
        while (true) {
            long full = bucket.get();
            long next = (full - now > 0 ? full : now) + tokenNanos;
            long missing = next - now;
            if (missing > capacityNanos) {
                return capacityNanos - missing;
            }
            if (bucket.compareAndSet(full, next)) {
                return missing;
            }
        }
    }

    /// Whole tokens left after [#take] gave `missing`.
    public int remaining(long missing) {
        return (int) ((capacityNanos - missing) / tokenNanos);
    }

    /// Nanoseconds in which an empty bucket fills.
    public long fullIn() {
        return capacityNanos;
    }

    /// How many keys are remembered.
    public int size() {
        return keys.get();
    }

    private AtomicLong enter(String key, long now) {
        AtomicLong made = new AtomicLong(now);
        AtomicLong known = fullAt.putIfAbsent(key, made);
        if (known != null) {
            return known;
        }
        if (keys.incrementAndGet() > maxKeys && sweeping.compareAndSet(false, true)) {
            try {
                sweep(now);
            } finally {
                sweeping.set(false);
            }
        }
        return made;
    }

    /// Makes room for an eighth of the keys, so that a flood of new keys pays for one pass per eighth.
    private void sweep(long now) {
        int target = maxKeys - maxKeys / 8;
        removeFullIn(0, now);
        for (long nanos = median(now); keys.get() > target && nanos > 0; nanos = nanos * 2) {
            removeFullIn(nanos, now);
        }
    }

    private void removeFullIn(long nanos, long now) {
        fullAt.forEach((key, bucket) -> {
            if (bucket.get() - now <= nanos && fullAt.remove(key, bucket)) {
                keys.decrementAndGet();
            }
        });
    }

    /// About how long the emptier half of the buckets needs; from a sample.
    private long median(long now) {
        Iterator<AtomicLong> buckets = fullAt.values().iterator();
        long sum = 0;
        int count = 0;
        while (count < SAMPLE && buckets.hasNext()) {
            sum += Math.max(0, buckets.next().get() - now);
            count++;
        }
        return count == 0 ? 1 : sum / count + 1;
    }
}
