package io.sluice.core.id;

import io.sluice.core.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Makes request ids, trace ids and span ids. They are unlikely to collide, but no secrets: the generator is fast, not
/// cryptographic; only its seed is. Not thread-safe: one for each loop.
public final class IdSource {
    private static final int MILLIS_DIGITS = 13;

    private final Ticker ticker;
    private final SplittableRandom random;
    private final byte[] requestId = new byte[MILLIS_DIGITS + 9];
    private final byte[] traceparent = new byte[TraceContext.LENGTH];
    private long writtenMillis = -1;

    /// For tests that want the same ids again.
    public IdSource(Ticker ticker, long seed) {
        this.ticker = ticker;
        this.random = new SplittableRandom(seed);
        requestId[MILLIS_DIGITS] = '-';
        Arrays.fill(traceparent, (byte) '-');
        Hex.put(traceparent, 0, 0, 2);
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

    /// A trace that starts here, with a span of our own. Neither id is all zero.
    ///
    /// @param flags trace flags, 0–255
    public TraceContext newTrace(int flags) {
        Hex.put(traceparent, TraceContext.TRACE, random.nextLong(), 16);
        Hex.put(traceparent, TraceContext.TRACE + 16, nonZero(), 16);
        Hex.put(traceparent, TraceContext.PARENT, nonZero(), 16);
        Hex.put(traceparent, TraceContext.FLAGS, flags, 2);
        return new TraceContext(new String(traceparent, StandardCharsets.ISO_8859_1), "");
    }

    private long nonZero() {
        long value = random.nextLong();
        return value != 0 ? value : 1;
    }
}
