package io.sluice.realtime.endpoint.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is in channels, on all nodes, as far as a face keeps that.
@FunctionalInterface
public interface Roster {
    /// What no face keeps.
    Roster NONE = channel -> null;

    /// How somebody is.
    ///
    /// @param status the face's own word, such as `online`
    /// @param connections how many of his are in the channel
    record Standing(String status, int connections) {}

    /// Blocks.
    ///
    /// @return by user id; null when nobody keeps this for the channel
    @Nullable Map<String, Standing> of(String channel);
}
