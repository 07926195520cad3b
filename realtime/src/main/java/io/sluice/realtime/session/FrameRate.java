package io.sluice.realtime.session;

import java.util.concurrent.TimeUnit;

/// How many frames a client may send, by the generic cell rate algorithm: the whole state of a client is one number,
/// which the client's own object keeps and which starts at [#FRESH]. Immutable, any thread.
public final class FrameRate {
    /// State of a client that has sent nothing yet.
    public static final long FRESH = Long.MIN_VALUE;

    /// Answer of [#take] when the client is over its rate.
    public static final long OVER = Long.MAX_VALUE;

    private final long interval;
    private final long tolerance;

    /// @param perSecond 0 for any number
    /// @param burst frames that may come at once, at least 1
    public FrameRate(int perSecond, int burst) {
        this.interval = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.tolerance = interval * (burst - 1);
    }

    public static FrameRate of(RealtimeLimits limits) {
        return new FrameRate(limits.framesPerSecond(), limits.frameBurst());
    }

    /// Counts one frame.
    ///
    /// @param state what the last call gave, or [#FRESH]
    /// @param nanos monotonic now
    /// @return the next state, or [#OVER] when this frame is one too many and was not counted
    public long take(long state, long nanos) {
        if (interval == 0) {
            return FRESH;
        }
        long expected = state == FRESH || state - nanos < 0 ? nanos : state;
        return expected - nanos > tolerance ? OVER : expected + interval;
    }
}
