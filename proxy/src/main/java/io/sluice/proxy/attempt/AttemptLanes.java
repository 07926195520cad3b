package io.sluice.proxy.attempt;

import io.sluice.net.loop.Loop;
import io.sluice.proxy.upstream.pool.ConnectionPools;
import org.jspecify.annotations.Nullable;

/// What calls share, loop by loop. One for the process; lives across configuration reloads.
public final class AttemptLanes {
    private final ConnectionPools pools;
    private final @Nullable AttemptLane[] byLoop;

    /// @param loops number of loops of the process
    public AttemptLanes(int loops, ConnectionPools pools) {
        this.pools = pools;
        this.byLoop = new AttemptLane[loops];
    }

    /// On the loop's own thread only, so each slot has one writer and one reader.
    AttemptLane on(Loop loop) {
        AttemptLane lane = byLoop[loop.index()];
        if (lane == null) {
            lane = new AttemptLane(loop, pools.on(loop));
            byLoop[loop.index()] = lane;
        }
        return lane;
    }
}
