package io.sluice.bus;

/// Messages to whoever listens to a name at this moment, on any node. Nothing is kept.
///
/// Names are used as they are, in Redis as the names of channels, and payloads travel bare. All calls return at once
/// and may be made on a loop. Messages of one name reach all its listeners in one order. While the shared server is
/// gone, listeners on this node get what this node publishes, and the rest waits in a bounded buffer.
public interface Topics {

    /// Listens to a name. The server knows one subscription per name and node, from the first listener to the last.
    Subscription subscribe(String name, TopicListener listener);

    /// Sends to all listeners of the name, this node's included.
    ///
    /// @param payload not changed by anyone afterwards
    void publish(String name, byte[] payload);
}
