package io.sluice.realtime.hub;

import java.util.Map;

/// Which form the events of a channel have on the bus. Immutable, any thread.
public final class BusForms {
    /// Our own form for everything.
    public static final BusForms STANDARD = new BusForms(Map.of());

    private final Map<String, BusForm> byFace;
    private final Envelope standard = new Envelope();

    /// @param byFace form of the channels whose full name begins with the id of a face and `:`; all others are in an
    ///     [Envelope]
    public BusForms(Map<String, BusForm> byFace) {
        this.byFace = Map.copyOf(byFace);
    }

    BusForm of(String channel) {
        int colon = channel.indexOf(':');
        BusForm own = colon < 0 ? null : byFace.get(channel.substring(0, colon));
        return own == null ? standard : own;
    }

    Envelope standard() {
        return standard;
    }
}
