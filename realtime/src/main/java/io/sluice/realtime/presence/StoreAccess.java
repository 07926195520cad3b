package io.sluice.realtime.presence;

import io.sluice.core.fail.GatewayException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How the store is asked: in order for each name, and without failing. Without the shared server the node goes by what
/// it knows; what it could not write it says at the next refresh. Any thread.
final class StoreAccess {
    private final @Nullable Lanes lanes;

    /// @param lanes null where nothing can block
    StoreAccess(@Nullable Lanes lanes) {
        this.lanes = lanes;
    }

    /// Runs work on the store; at once where nothing can block.
    void work(String name, Runnable work) {
        if (lanes == null) {
            unlessGone(work);
        } else {
            lanes.run(name, () -> unlessGone(work));
        }
    }

    /// Runs what takes long beside everything else.
    ///
    /// @return ends with it
    Future<?> aside(Runnable work) {
        if (lanes != null) {
            return lanes.aside(() -> unlessGone(work));
        }
        unlessGone(work);
        return CompletableFuture.completedFuture(work);
    }

    /// Waits until all work that was given so far is done, but not longer than this.
    void settle(Duration longest) {
        if (lanes != null) {
            lanes.settle(longest);
        }
    }

    private static void unlessGone(Runnable work) {
        try {
            work.run();
        } catch (GatewayException gone) {
            // Said again at the next refresh.
        }
    }

    /// What the store says; true without the shared server, as then this node speaks for itself.
    static boolean shared(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (GatewayException gone) {
            return true;
        }
    }

    /// What the store says, or this when the shared server is gone.
    static <T> T orElse(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (GatewayException gone) {
            return otherwise;
        }
    }
}
