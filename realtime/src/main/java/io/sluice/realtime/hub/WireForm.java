package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One way of writing: a dialect (and profile) in a framing. Connections of one form get the very same bytes, so there
/// is one object per way and process. Any loop thread; keeps no state between calls.
public interface WireForm {

    /// What this form says of an event, without framing; null when it says nothing. Called once per event and loop.
    byte @Nullable [] text(Outbound event);

    /// Appends the text as a frame.
    ///
    /// @param event what the text says; null for an answer to one client
    void frame(byte[] text, @Nullable Outbound event, ByteBuf out);
}
