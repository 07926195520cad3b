package io.sluice.realtime.session;

import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Remembers for a while what was done under a key, so that doing it again can be answered with the first result.
/// Bounded in number and bytes: when it is full the oldest keys are forgotten early. Any thread; parts of the keys have
/// a short lock each.
///
/// @param <V> the first result
public final class DedupeWindow<V> {
    private static final int PARTS = 16;

    /// What a key costs beside its characters and what its result weighs, about.
    private static final int OVERHEAD = 160;

    private final Ticker ticker;
    private final long lengthNanos;
    private final int mostPerPart;
    private final long mostBytesPerPart;
    private final ToIntFunction<V> weight;
    private final List<Part<V>> parts;

    private record Entry<V>(V result, long endNanos, long cost) {}

    private static final class Part<V> {
        final ReentrantLock lock = new ReentrantLock();
        final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>();
        long bytes;

        void put(String key, Entry<V> entry) {
            entries.put(key, entry);
            bytes += entry.cost;
        }

        void remove(String key) {
            Entry<V> removed = entries.remove(key);
            if (removed != null) {
                bytes -= removed.cost;
            }
        }

        /// Forgets keys whose time is over, and further ones until the rest fits.
        void trim(long now, int most, long mostBytes) {
            Map.Entry<String, Entry<V>> oldest = entries.firstEntry();
            while (oldest != null
                    && (oldest.getValue().endNanos - now <= 0
                            || entries.size() > most
                            || bytes > mostBytes)) {
                remove(oldest.getKey());
                oldest = entries.firstEntry();
            }
        }
    }

    /// @param length how long a key is known
    /// @param most keys at a time, over all
    /// @param mostBytes that keys and results take together; what is over a 16th of it is not remembered
    /// @param weight bytes of a result beside a small object, about; a result never changes it
    public DedupeWindow(
            Ticker ticker, Duration length, int most, long mostBytes, ToIntFunction<V> weight) {
        this.weight = weight;
        this.ticker = ticker;
        this.lengthNanos = length.toNanos();
        this.mostPerPart = Math.max(1, most / PARTS);
        this.mostBytesPerPart = mostBytes / PARTS;
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
            part.trim(now, mostPerPart, mostBytesPerPart);
            Entry<V> known = part.entries.get(key);
            if (known != null) {
                return known.result;
            }
            part.put(key, new Entry<>(result, now + lengthNanos, cost(key, result)));
            part.trim(now, mostPerPart, mostBytesPerPart);
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
            part.remove(key);
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

    /// Bytes that keys and results take, about.
    public long bytes() {
        long sum = 0;
        for (Part<V> part : parts) {
            part.lock.lock();
            try {
                sum += part.bytes;
            } finally {
                part.lock.unlock();
            }
        }
        return sum;
    }

    private long cost(String key, V result) {
        return OVERHEAD + 2L * key.length() + weight.applyAsInt(result);
    }

    private Part<V> part(String key) {
        int hash = key.hashCode();
        return parts.get((hash ^ hash >>> 16) & (PARTS - 1));
    }
}
