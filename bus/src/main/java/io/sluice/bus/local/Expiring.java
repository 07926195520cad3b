package io.sluice.bus.local;

import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Values under keys that end by themselves. Every few thousand changes the ended ones are taken out, so keys nobody
/// asks for again do not pile up. Any thread; values are not changed in place.
final class Expiring<V> {
    private static final int CLEAN_EVERY = 4096;
    private static final long NEVER = Long.MAX_VALUE;

    private record Entry<V>(V value, long endMillis) {}

    /// What becomes of the value under a key. Giving the same object back changes nothing, also not its end; null
    /// removes it.
    @FunctionalInterface
    interface Change<V> {
        @Nullable V apply(@Nullable V before);
    }

    private final Ticker ticker;
    private final ConcurrentHashMap<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private final AtomicInteger changes = new AtomicInteger();

    Expiring(Ticker ticker) {
        this.ticker = ticker;
    }

    @Nullable V get(String key) {
        Entry<V> entry = entries.get(key);
        return entry == null || ended(entry) ? null : entry.value();
    }

    /// Changes a value, atomically.
    ///
    /// @param length how long a changed value lives; zero leaves its end as it is
    @SuppressWarnings("ReferenceEquality") // the same object is how a change says "unchanged"
    void change(String key, Duration length, Change<V> change) {
        entries.compute(
                key,
                (_, entry) -> {
                    Entry<V> living = entry == null || ended(entry) ? null : entry;
                    V before = living == null ? null : living.value();
                    V after = change.apply(before);
                    if (after == before) {
                        return living;
                    }
                    return after == null ? null : new Entry<>(after, end(living, length));
                });
        if (changes.incrementAndGet() % CLEAN_EVERY == 0) {
            entries.values().removeIf(this::ended);
        }
    }

    boolean renew(String key, Duration length) {
        Entry<V> renewed =
                entries.computeIfPresent(
                        key,
                        (_, entry) ->
                                ended(entry)
                                        ? null
                                        : new Entry<>(entry.value(), end(entry, length)));
        return renewed != null;
    }

    void remove(String key) {
        entries.remove(key);
    }

    private long end(@Nullable Entry<V> before, Duration length) {
        if (length.isZero()) {
            return before == null ? NEVER : before.endMillis();
        }
        return ticker.epochMillis() + length.toMillis();
    }

    private boolean ended(Entry<V> entry) {
        return entry.endMillis() <= ticker.epochMillis();
    }
}
