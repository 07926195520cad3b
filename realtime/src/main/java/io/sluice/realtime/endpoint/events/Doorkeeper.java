package io.sluice.realtime.endpoint.events;

import org.jspecify.annotations.Nullable;

/// What a face has to say about who may listen to a channel, beyond the patterns of [EventsConfig]: such as that only
/// members hear a room.
public interface Doorkeeper {
    /// Leaves it to the patterns.
    Doorkeeper NONE =
            new Doorkeeper() {
                @Override
                public boolean minds(String channel) {
                    return false;
                }

                @Override
                public boolean admits(String channel, @Nullable String user) {
                    return true;
                }
            };

    /// Whether it is to be asked about a channel, by its full name. Any thread, at once.
    boolean minds(String channel);

    /// Whether this user may listen to a channel it minds. Blocks, and fails like the bus.
    ///
    /// @param user null for nobody in particular
    boolean admits(String channel, @Nullable String user);
}
