package io.sluice.net.ws;

import java.util.concurrent.TimeUnit;

/// How many pings and pongs a client may send: 100 at once and 50 a second, far more than any keep-alive needs, so that
/// nobody has the gateway answer without end. The generic cell rate algorithm; the state of a client is one number,
/// which begins at [#FRESH].
final class ControlBudget {
    /// State of a client that has sent none yet.
    static final long FRESH = Long.MIN_VALUE;

    /// Answer of [#take] when a client is over its budget.
    static final long OVER = Long.MAX_VALUE;

    static final int AT_ONCE = 100;

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / 50;
    private static final long TOLERANCE = INTERVAL * (AT_ONCE - 1);

    private ControlBudget() {}

    /// Counts one frame.
    ///
    /// @param state what the last call gave, or [#FRESH]
    /// @param nanos monotonic now
    /// @return the next state, or [#OVER]
    static long take(long state, long nanos) {
        long expected = state == FRESH || state - nanos < 0 ? nanos : state;
        return expected - nanos > TOLERANCE ? OVER : expected + INTERVAL;
    }
}
