package io.sluice.proxy.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/// What one instance is doing now, over all loops. Any thread.
public final class InstanceLoad {
    private final AtomicInteger active = new AtomicInteger();

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
}
