package io.sluice.realtime.session;

import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Remembers for a while what was done under a key, so that doing it again can be answered with the first result.
/// Bounded: when it is full the oldest key is forgotten early. Any thread; parts of the keys have a short lock each.
///
/// @param <V> the first result
public final class DedupeWindow<V> {
    private static final int PARTS = 16;

    private final Ticker ticker;
    private final long lengthNanos;
    private final int mostPerPart;
    private final List<Part<V>> parts;

    private record Entry<V>(V result, long endNanos) {}

    private static final class Part<V> {
        final ReentrantLock lock = new ReentrantLock();
        final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>();
    }

    /// @param length how long a key is known
    /// @param most keys at a time, over all
    public DedupeWindow(Ticker ticker, Duration length, int most) {
        this.ticker = ticker;
        this.lengthNanos = length.toNanos();
        this.mostPerPart = Math.max(1, most / PARTS);
        List<Part<V>> made = new ArrayList<>(PARTS);
        for (int i = 0; i < PARTS; i++) {
            made.add(new Part<>());
        }
        this.parts = List.copyOf(made);
    }

    /// Notes the result of a key that is new.
    ///
    /// @return null when it was new, else the first result; the first one's time goes on
    public @Nullable V first(String key, V result) {
        Part<V> part = part(key);
        long now = ticker.nanos();
        part.lock.lock();
        try {
            forget(part.entries, now);
            Entry<V> known = part.entries.get(key);
            if (known != null) {
                return known.result;
            }
            if (part.entries.size() == mostPerPart) {
                part.entries.pollFirstEntry();
            }
            part.entries.put(key, new Entry<>(result, now + lengthNanos));
            return null;
        } finally {
            part.lock.unlock();
        }
    }

    /// Forgets a key, for when doing it failed after all.
    public void forget(String key) {
        Part<V> part = part(key);
        part.lock.lock();
        try {
            part.entries.remove(key);
        } finally {
            part.lock.unlock();
        }
    }

    /// Keys that are known, some of which may have ended.
    public int size() {
        int sum = 0;
        for (Part<V> part : parts) {
            part.lock.lock();
            try {
                sum += part.entries.size();
            } finally {
                part.lock.unlock();
            }
        }
        return sum;
    }

    private Part<V> part(String key) {
        int hash = key.hashCode();
        return parts.get((hash ^ hash >>> 16) & (PARTS - 1));
    }

    private static <V> void forget(Map<String, Entry<V>> entries, long now) {
        Iterator<Map.Entry<String, Entry<V>>> oldest = entries.entrySet().iterator();
        while (oldest.hasNext() && oldest.next().getValue().endNanos - now <= 0) {
            oldest.remove();
        }
    }
}
