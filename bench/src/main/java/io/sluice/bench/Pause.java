package io.sluice.bench;

import java.util.concurrent.locks.LockSupport;

/// Waiting between polls of another program.
final class Pause {
    private Pause() {}

    static void millis(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}
