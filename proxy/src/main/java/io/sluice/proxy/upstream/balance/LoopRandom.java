package io.sluice.proxy.upstream.balance;

/// Random numbers for picks, one stream per loop on a cache line of its own. Not for secrets.
final class LoopRandom {
    private static final int LANES = 64;
    private static final int STRIDE = 8;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final long[] states = new long[LANES * STRIDE];

    LoopRandom(long seed) {
        for (int lane = 0; lane < LANES; lane++) {
            states[lane * STRIDE] = Hash64.mix(seed + lane);
        }
    }

    private long next(int loop) {
        int at = (loop & (LANES - 1)) * STRIDE;
        states[at] += STEP;
        return Hash64.mix(states[at]);
    }

    /// 0 ≤ result < bound.
    int below(int bound, int loop) {
        return (int) ((next(loop) >>> 32) * bound >>> 32);
    }

    /// 0 ≤ result < 1.
    double fraction(int loop) {
        return (next(loop) >>> 11) * 0x1.0p-53;
    }
}
