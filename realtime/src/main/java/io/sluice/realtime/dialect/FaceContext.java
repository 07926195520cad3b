package io.sluice.realtime.dialect;

import io.sluice.bus.Bus;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.loop.Loop;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.session.RealtimeLimits;
import java.util.List;

/// What a face is made with. Lives as long as the gateway.
///
/// @param names how this face's channels are called in the hub
/// @param dialects to read what other faces said
/// @param doors who may be in which channel, as far as faces have a say in it
/// @param limits what one client may do
public record FaceContext(
        Hub hub,
        Bus bus,
        ChannelNames names,
        Dialects dialects,
        Doorkeepers doors,
        RealtimeLimits limits,
        List<Loop> loops,
        Metrics metrics) {

    public FaceContext {
        loops = List.copyOf(loops);
    }
}
