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

    /// A numbered message that the server does not keep, as it can still be sent to all.
    ///
    /// @param place given by this node, and told already
    /// @param sealed what is sent
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Unkept(String name, byte[] payload, long serial, Position place, byte[] sealed)
            implements Outgoing {}
}
