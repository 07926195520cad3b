package io.sluice.net.listen;

import io.netty.channel.Channel;
import io.sluice.net.loop.DrainEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;

/// Connections of a listener that accepts no more, to be told to go some at a time: clients that are all told at once
/// all come back at once, somewhere else. One thread.
public final class Departures {
    private final Queue<Channel> waiting;

    Departures(Collection<Channel> connections) {
        this.waiting = new ArrayDeque<>(connections);
    }

    /// Connections that are open and not told yet.
    public int left() {
        waiting.removeIf(connection -> !connection.isOpen());
        return waiting.size();
    }

    /// Tells so many of them to finish what they have under way and then close.
    ///
    /// @return how many were told
    public int tell(int most) {
        int told = 0;
        while (told < most && !waiting.isEmpty()) {
            Channel connection = waiting.remove();
            if (connection.isOpen()) {
                told++;
                connection
                        .eventLoop()
                        .execute(() ->
                                connection.pipeline().fireUserEventTriggered(DrainEvent.INSTANCE));
            }
        }
        return told;
    }
}
