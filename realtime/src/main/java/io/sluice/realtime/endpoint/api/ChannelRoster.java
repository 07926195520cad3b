package io.sluice.realtime.endpoint.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is in channels, on all nodes, as far as a face keeps that, and what else it knows of them.
@FunctionalInterface
public interface ChannelRoster {
    /// What no face keeps.
    ChannelRoster NONE = channel -> null;

    /// How somebody is.
    ///
    /// @param status the face's own word, such as `online`
    /// @param connections how many of his are in the channel
    record Standing(String status, int connections) {}

    /// What clients have described as a session in a channel.
    ///
    /// @param meta JSON text
    /// @param createdAt milliseconds since the epoch, as `updatedAt`
    record Session(String id, String meta, long createdAt, long updatedAt) {}

    /// Sessions this node was told of.
    default List<Session> sessions(String channel) {
        return List.of();
    }

    /// Blocks.
    ///
    /// @return by user id; null when nobody keeps this for the channel
    @Nullable Map<String, Standing> of(String channel);
}
