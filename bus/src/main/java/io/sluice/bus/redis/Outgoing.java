package io.sluice.bus.redis;

import io.sluice.bus.Position;
import io.sluice.bus.Retention;
import java.util.concurrent.CompletableFuture;

/// A message on its way to the server.
sealed interface Outgoing {
    String name();

    byte[] payload();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Plain(String name, byte[] payload) implements Outgoing {}

    /// @param serial tells this message from others of this node
    /// @param place told once, when it is known
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Counted(
            String name,
            byte[] payload,
            Retention retention,
            long serial,
            CompletableFuture<Position> place)
            implements Outgoing {}
}
