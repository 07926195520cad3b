package io.sluice.realtime.hub;

import org.jspecify.annotations.Nullable;

/// How the events of a family of channels look on the bus. Stateless, any thread.
public interface BusForm {

    /// Name of the topic that stands for a channel; one channel per topic.
    String topic(String channel);

    /// Whether others than Sluice speak this form on the topic. Then messages of channels with history, which travel
    /// between nodes of Sluice in an [Envelope] with their place, go out in this form as well.
    default boolean isForeign() {
        return false;
    }

    /// Null for what other nodes need not hear.
    byte @Nullable [] encode(Outbound event);

    /// @return null for what is no event; that is counted and passed over
    @Nullable Outbound decode(String channel, byte[] payload);
}
