package io.sluice.core.id;

import io.sluice.core.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Makes request ids, trace ids and span ids. They are unlikely to collide, but no secrets: the generator is fast, not
/// cryptographic; only its seed is. Not thread-safe: one for each loop.
public final class IdSource {
    private static final int MILLIS_DIGITS = 13;

    private final Ticker ticker;
    private final SplittableRandom random;
    private final byte[] requestId = new byte[MILLIS_DIGITS + 9];
    private long writtenMillis = -1;

    /// For tests that want the same ids again.
    public IdSource(Ticker ticker, long seed) {
        this.ticker = ticker;
        this.random = new SplittableRandom(seed);
        requestId[MILLIS_DIGITS] = '-';
    }

    public static IdSource seeded(Ticker ticker) {
        return new IdSource(ticker, new SecureRandom().nextLong());
    }

    /// Unix milliseconds in 13 digits, a dash, 8 hex digits.
    public String requestId() {
        long millis = ticker.epochMillis();
        if (millis != writtenMillis) {
            writtenMillis = millis;
            long rest = millis;
            for (int i = MILLIS_DIGITS - 1; i >= 0; i--) {
                requestId[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        Hex.put(requestId, MILLIS_DIGITS + 1, random.nextLong(), 8);
        return new String(requestId, StandardCharsets.ISO_8859_1);
    }

    /// 16 lower-case hex digits, never all zero.
    public String spanId() {
        byte[] id = new byte[16];
        Hex.put(id, 0, nonZero(), 16);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    /// 32 lower-case hex digits, never all zero.
    public String traceId() {
        byte[] id = new byte[32];
        Hex.put(id, 0, random.nextLong(), 16);
        Hex.put(id, 16, nonZero(), 16);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private long nonZero() {
        long value = random.nextLong();
        return value != 0 ? value : 1;
    }
}
