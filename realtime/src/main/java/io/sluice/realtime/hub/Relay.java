package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import io.sluice.bus.Subscription;
import io.sluice.realtime.history.Recovery;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// How an event comes from the one who publishes it to the nodes with members, and where channels keep their
/// history. Any thread; nothing blocks.
interface Relay {

    /// Leads to one [Fanout#spread] or [Fanout#queue] of the event on each node that is subscribed.
    void publish(Outbound event);

    /// This node has members of the channel, until the subscription is closed. Null when nobody needs to know.
    @Nullable Subscription subscribe(String channel);

    /// Brings the command to all nodes, this one included.
    void command(Command command);

    boolean keeps(String channel);

    /// What the channel has kept after a place. Does not fail. Ends at once where the history is in this process, else
    /// on any thread.
    CompletionStage<Recovery<Message>> since(String channel, @Nullable Position after);

    /// The newest messages kept, at most `most`.
    CompletionStage<Recovery<Message>> newest(String channel, int most);

    /// Bytes of all histories in this process, about.
    long keptBytes();
}
