package io.sluice.realtime.dialect.chat;

import io.sluice.net.loop.Loop;
import io.sluice.realtime.hub.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Waits until a client has taken what it was told at once. What was missed in one room fits its outbox, but a
/// client that comes back into ten rooms asks for ten times as much: told all together it would be closed for reading
/// slowly, come back, and ask again. So its next frame waits, while it reads, for a time. Loop thread.
final class Breath {
    private static final long LOOK_MILLIS = 20;
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    /// Nothing to wait for.
    static final CompletionStage<String> NONE = CompletableFuture.completedFuture("");

    private final Connection connection;
    private final long end;
    private final CompletableFuture<String> taken = new CompletableFuture<>();

    private Breath(Connection connection) {
        this.connection = connection;
        this.end = connection.loop().ticker().nanos() + LONGEST_NANOS;
    }

    /// @return ends on the loop
    static CompletionStage<String> of(Connection connection) {
        Breath breath = new Breath(connection);
        // Behind the flush of this pass.
        connection.loop().executor().execute(breath::look);
        return breath.taken;
    }

    private void look() {
        Loop loop = connection.loop();
        boolean more = connection.isOpen() && connection.outbox().queuedBytes() > 0;
        if (more && loop.ticker().nanos() - end < 0) {
            loop.executor().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            taken.complete("");
        }
    }
}
