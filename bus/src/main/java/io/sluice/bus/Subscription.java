package io.sluice.bus;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// One listener at one name, until it is closed.
public interface Subscription extends AutoCloseable {

    /// Ends when all that is published from now on, on any node, reaches the listener: at once in this process, and
    /// also while the shared server is gone, as then only this node is heard. On any thread; does not fail.
    default CompletionStage<?> ready() {
        return CompletableFuture.completedFuture(this);
    }

    /// Ends it. Returns at once, on any thread, also a second time. A delivery that has begun may still end after it;
    /// none begins.
    @Override
    void close();
}
