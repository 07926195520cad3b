package io.sluice.app.wiring;

import io.sluice.bus.BusConfig;
import io.sluice.core.config.Doc;
import io.sluice.realtime.endpoint.RealtimeConfig;

/// The keys right below `gateway` about messages; the root record holds it inline.
public record MessagesConfig(
        @Doc("WebSockets and channels.") RealtimeConfig realtime,
        @Doc("What the nodes of a cluster share.") BusConfig bus) {}
