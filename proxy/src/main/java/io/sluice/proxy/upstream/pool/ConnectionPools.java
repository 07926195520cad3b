package io.sluice.proxy.upstream.pool;

import io.sluice.core.life.Swap;
import io.sluice.net.dial.Dialer;
import io.sluice.net.loop.Loop;
import io.sluice.proxy.upstream.InstanceMeters;
import org.jspecify.annotations.Nullable;

/// The pools of the whole process, one [LoopPools] per loop. Lives across configuration reloads.
public final class ConnectionPools {
    private final Dialer dialer;
    private final InstanceMeters meters;
    private final Swap<PoolConfig> limits;
    private final @Nullable LoopPools[] byLoop;

    /// @param loops number of loops of the process
    public ConnectionPools(int loops, Dialer dialer, PoolConfig limits, InstanceMeters meters) {
        this.dialer = dialer;
        this.meters = meters;
        this.limits = new Swap<>(limits);
        this.byLoop = new LoopPools[loops];
    }

    /// The pools of this loop; on its thread only, so each slot has one writer and one reader.
    public LoopPools on(Loop loop) {
        LoopPools pools = byLoop[loop.index()];
        if (pools == null) {
            pools = new LoopPools(loop, dialer, limits, meters);
            byLoop[loop.index()] = pools;
        }
        return pools;
    }

    /// New limits, in force from the next decision on. Any thread.
    public void limits(PoolConfig next) {
        limits.set(next);
    }
}
