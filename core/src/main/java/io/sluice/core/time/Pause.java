package io.sluice.core.time;

import java.time.Duration;

/// Waiting on a virtual thread that repeats something in the background, such as looking at files. The
/// only sleep there is; a loop thread never waits, it has timers.
public final class Pause {
    private Pause() {}

    /// Waits this long.
    ///
    /// @throws InterruptedException when the thread is told to end
    public static void of(Duration length) throws InterruptedException {
        Thread.sleep(length);
    }
}
