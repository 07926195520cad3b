package io.sluice.proxy.upstream;

/// Peak-sensitive moving averages of one instance's latency and failures. A slow answer raises the latency at once, fast
/// ones lower it slowly, and time alone lowers it too, so an instance nobody picks is tried again. Any thread; two
/// updates at the same moment may lose one, which an average bears.
public final class LatencyMeter {
    /// After this time the past weighs as much as the newest value.
    private static final double DECAY_NANOS = 10e9;

    private static final double FAILURE_STEP = 0.1;

    private volatile double average;
    private volatile long measuredAt;
    private volatile double failureRate;

    LatencyMeter() {}

    /// @param nanos the latency
    /// @param now monotonic time, of the same ticker in each call
    public void record(long nanos, long now) {
        double past = average;
        double faded = fade(now);
        measuredAt = now;
        average = past == 0 || nanos > faded ? nanos : faded + 0.1 * (nanos - faded);
    }

    /// Expected latency in nanoseconds; 0 before the first answer.
    public double expected(long now) {
        return fade(now);
    }

    private double fade(long now) {
        double age = Math.max(0, now - measuredAt);
        return average / (1 + age / DECAY_NANOS);
    }

    /// How a call ended.
    public void outcome(CallResult result) {
        if (result == CallResult.CANCELLED) {
            return;
        }
        double rate = failureRate;
        if (result.failure()) {
            failureRate = rate + FAILURE_STEP * (1 - rate);
        } else if (rate > 0) {
            failureRate = rate < 1e-4 ? 0 : rate - FAILURE_STEP * rate;
        }
    }

    /// Share of calls that fail, 0 to 1, over the last ten or so.
    public double failureRate() {
        return failureRate;
    }
}
