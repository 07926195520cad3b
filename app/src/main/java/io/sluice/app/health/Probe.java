package io.sluice.app.health;

import org.jspecify.annotations.Nullable;

/// One way to ask another system whether it is well. May block.
interface Probe extends AutoCloseable {

    /// Null when well, else why not, in words without secrets or stack traces.
    @Nullable String run() throws InterruptedException;

    @Override
    default void close() {}
}
