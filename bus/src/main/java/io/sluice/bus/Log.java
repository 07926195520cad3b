package io.sluice.bus;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Durable records in named topics, read by groups, at least once.
public interface Log {

    /// Adds a record. Returns at once, also on a loop; records of one key stay in order. The stage gives the id of the
    /// record when the log has it. It fails with `UNAVAILABLE` when the log is gone, for longer than it buffers, or too
    /// many records wait.
    ///
    /// @param key records of one key go into one partition; empty for none
    /// @param value not changed by anyone afterwards
    CompletionStage<String> append(String topic, String key, byte[] value);

    /// False once the log is known to be gone, until it is back: what is appended then waits, and may fail in the end.
    /// Any thread.
    default boolean inReach() {
        return true;
    }

    /// Hands each record appended from now on to one member of the group, in order per partition. A record counts as
    /// done when the handler returned; one in hand when the node dies is handed out again.
    Subscription follow(Set<String> topics, String group, RecordHandler handler);
}
