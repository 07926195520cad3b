package io.sluice.bench.process;

import java.util.concurrent.locks.LockSupport;

/// Waiting between polls of another program.
public final class Pause {
    private Pause() {}

    public static void millis(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}
