package io.sluice.edge.filter.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/// Tokens that were found valid, so that the next request with one costs a look-up instead of a signature.
/// Refusals are not remembered. At most 16 Mi characters of tokens in all, some 30,000 usual ones; the least
/// used go first. Any thread.
final class TokenCache {
    private static final long MOST_CHARACTERS = 16L * 1024 * 1024;
    private static final int ENTRY_CHARACTERS = 256;

    private final Cache<String, Entry> entries =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_CHARACTERS)
                    .weigher((String token, Entry _) -> token.length() + ENTRY_CHARACTERS)
                    .executor(Runnable::run)
                    .build();

    /// @param untilMillis wall clock
    /// @param generation of the ring that verified: what another ring of these keys verified does not count
    record Entry(Authentication.Granted granted, long untilMillis, KeySource keys, int generation) {

        boolean holds(long nowMillis) {
            return nowMillis < untilMillis && keys.current().generation() == generation;
        }
    }

    Authentication.@Nullable Granted get(String token, long nowMillis) {
        Entry entry = entries.getIfPresent(token);
        if (entry == null) {
            return null;
        }
        if (entry.holds(nowMillis)) {
            return entry.granted;
        }
        entries.invalidate(token);
        return null;
    }

    void put(String token, Entry entry) {
        entries.put(token, entry);
    }

    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }
}
