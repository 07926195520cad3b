package io.sluice.net.loop;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The one crossing between a loop and a virtual thread: work that may block leaves the loop here, and its outcome
/// comes back here.
public final class Offload {
    private Offload() {}

    /// Runs `work` on a new virtual thread and tells the outcome on the loop. Dropped when the loop has shut down.
    ///
    /// @param then called once on the loop with (result, null) or (null, what was thrown)
    public static <T extends @Nullable Object> void call(
            Loop loop,
            Callable<? extends T> work,
            BiConsumer<? super @Nullable T, ? super @Nullable Throwable> then) {
        Thread.ofVirtual().name("offload").start(() -> run(loop, work, then));
    }

    private static <T extends @Nullable Object> void run(
            Loop loop,
            Callable<? extends T> work,
            BiConsumer<? super @Nullable T, ? super @Nullable Throwable> then) {
        @Nullable T result = null;
        @Nullable Throwable thrown = null;
        try {
            result = work.call();
        } catch (Throwable failure) {
            thrown = failure;
        }
        @Nullable T outcome = result;
        @Nullable Throwable problem = thrown;
        if (!loop.executor().isShuttingDown()) {
            loop.executor().execute(() -> then.accept(outcome, problem));
        }
    }
}
