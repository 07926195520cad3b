package io.sluice.realtime.dialect;

import io.sluice.realtime.hub.Outbound;
import org.jspecify.annotations.Nullable;

/// What one profile of a dialect says of events. Any loop, without state.
@FunctionalInterface
public interface Wording {

    /// The text in UTF-8; null when the profile says nothing of this event.
    byte @Nullable [] text(Outbound event);
}
