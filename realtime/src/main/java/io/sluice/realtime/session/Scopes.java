package io.sluice.realtime.session;

/// Scopes of credentials that mean something to channels.
public final class Scopes {
    /// What keys of the channel API grant: every channel.
    public static final String ALL_CHANNELS = "realtime:api";

    private Scopes() {}
}
