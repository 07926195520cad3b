package io.sluice.net.http2;

import io.sluice.core.time.Ticker;

/// Counts what a well-behaved peer does rarely: a bucket that starts full and fills slowly. The clock is read only when
/// the bucket is empty, so that a frame costs one subtraction. Loop thread only.
final class FrameBudget {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int capacity;
    private final int perSecond;
    private final Ticker ticker;
    private long refilled;
    private int left;

    FrameBudget(int capacity, int perSecond, Ticker ticker) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.ticker = ticker;
        this.left = capacity;
        this.refilled = ticker.nanos();
    }

    /// Takes one; false when there is none left.
    boolean spend() {
        if (left <= 0) {
            refill();
        }
        if (left <= 0) {
            return false;
        }
        left--;
        return true;
    }

    /// Gives some back, for work that makes such frames legitimate.
    void earn(int count) {
        left = Math.min(capacity, left + count);
    }

    private void refill() {
        long now = ticker.nanos();
        long elapsed = Math.min(now - refilled, capacity * NANOS_PER_SECOND / perSecond);
        long earned = elapsed * perSecond / NANOS_PER_SECOND;
        if (earned > 0) {
            refilled = now;
            left = (int) Math.min(capacity, earned);
        }
    }
}
