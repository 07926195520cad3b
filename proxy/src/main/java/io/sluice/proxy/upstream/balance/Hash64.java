package io.sluice.proxy.upstream.balance;

/// 64-bit hashing of short keys. The same on every gateway and in every run, so that all of them agree; spreads well,
/// but a client that wants to can find keys that collide.
final class Hash64 {
    private static final long OFFSET = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private Hash64() {}

    static long of(CharSequence key) {
        long hash = OFFSET;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * PRIME;
        }
        return mix(hash);
    }

    /// Spreads every bit over all others.
    static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
