package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import org.jspecify.annotations.Nullable;

/// Messages of the channel may have been missed and cannot be had any more.
///
/// @param latest place of the newest message; null in channels without history
public record Gap(String channel, @Nullable Position latest) implements Outbound {}
