package io.sluice.bus;

import java.util.List;

/// What came after a position.
///
/// @param recovered whether `messages` is all that came after it; else there are none
/// @param messages in order
/// @param latest place of the newest message of the topic
public record Replay(boolean recovered, List<Numbered> messages, Position latest) {
    public Replay {
        messages = List.copyOf(messages);
    }

    public static Replay lost(Position latest) {
        return new Replay(false, List.of(), latest);
    }
}
