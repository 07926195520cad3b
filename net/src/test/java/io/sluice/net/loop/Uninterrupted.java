package io.sluice.net.loop;

import java.util.concurrent.CountDownLatch;

/// Holds a loop until a test lets it go.
public final class Uninterrupted {
    private Uninterrupted() {}

    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
