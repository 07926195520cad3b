package io.sluice.bus;

/// Hears the messages of a name, on the publisher's thread or on a thread of the bus, one at a time. It must not
/// block; what it throws is logged and costs nobody else the message.
@FunctionalInterface
public interface TopicListener {

    /// @param payload shared by all listeners, never changed
    void message(String name, byte[] payload);

    /// Messages of other nodes may be missing before the next one: the server was gone and is back.
    default void gap(String name) {}
}
