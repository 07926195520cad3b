package io.sluice.proxy.attempt;

import io.sluice.net.loop.Loop;
import io.sluice.proxy.upstream.pool.LoopPools;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/// What the calls of one loop share: pools, spare timers, random numbers. Loop thread only.
final class AttemptLane {
    private static final int SPARE_TIMERS = 1024;

    private final Loop loop;
    private final LoopPools pools;
    private final ArrayDeque<AttemptTimers> spare = new ArrayDeque<>();
    private final SplittableRandom random = new SplittableRandom();

    AttemptLane(Loop loop, LoopPools pools) {
        this.loop = loop;
        this.pools = pools;
    }

    LoopPools pools() {
        return pools;
    }

    SplittableRandom random() {
        return random;
    }

    AttemptTimers takeTimers() {
        AttemptTimers timers = spare.pollLast();
        return timers == null ? new AttemptTimers(loop) : timers;
    }

    void giveTimers(AttemptTimers timers) {
        timers.stop();
        if (spare.size() < SPARE_TIMERS) {
            spare.addLast(timers);
        }
    }
}
