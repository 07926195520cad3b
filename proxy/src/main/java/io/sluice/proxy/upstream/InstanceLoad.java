package io.sluice.proxy.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What one instance is doing now, over all loops. Any thread.
public final class InstanceLoad {
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable LatencyMeter latency;
    private volatile double readiness = 1;

    /// One more call is under way.
    public void started() {
        active.incrementAndGet();
    }

    /// One call less is under way.
    public void finished() {
        active.decrementAndGet();
    }

    /// Calls under way, at least 0.
    public int active() {
        return active.get();
    }

    /// A call went wrong.
    ///
    /// @return how many went wrong in a row, this one included
    public int failed() {
        return failures.incrementAndGet();
    }

    /// A call went well, or the row of failures was acted upon.
    public void forgetFailures() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /// Starts to measure latencies if nobody asked for it before; calls that look at them ask first.
    public LatencyMeter measureLatency() {
        LatencyMeter meter = latency;
        if (meter == null) {
            synchronized (this) {
                meter = latency;
                if (meter == null) {
                    meter = new LatencyMeter();
                    latency = meter;
                }
            }
        }
        return meter;
    }

    /// The meter, or null when nobody asked for it.
    public @Nullable LatencyMeter latency() {
        return latency;
    }

    /// How much of its share the instance takes: above 0, up to 1; less than 1 while it starts slowly.
    public double readiness() {
        return readiness;
    }

    /// For whoever decides on the instance's health.
    public void readiness(double share) {
        readiness = share;
    }
}
