package io.sluice.realtime.history;

import io.sluice.bus.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came after a place.
///
/// @param recovered whether `messages` is all that came after it; otherwise there are none
/// @param messages in order
/// @param latest place of the newest message; null when that is unknown
public record Recovery<T>(boolean recovered, List<T> messages, @Nullable Position latest) {

    public Recovery {
        messages = List.copyOf(messages);
    }

    public static <T> Recovery<T> lost(@Nullable Position latest) {
        return new Recovery<>(false, List.of(), latest);
    }
}
