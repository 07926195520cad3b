package io.sluice.net.ws;

import io.sluice.net.loop.PerLoop;

/// What all sockets of one endpoint share.
///
/// @param pingNanos 0 for no pings
/// @param plain limits of a socket without compression
/// @param deflated limits of a socket with it
record Terms(
        long pingNanos,
        long pongNanos,
        long closeNanos,
        long messageNanos,
        FrameLimits plain,
        FrameLimits deflated,
        PerLoop<Inflation> inflations,
        WsWatch watch) {

    static Terms of(WsConfig config, WsWatch watch, int loops) {
        return new Terms(
                config.pingInterval().toNanos(),
                config.pongTimeout().toNanos(),
                config.closeTimeout().toNanos(),
                config.messageTimeout().toNanos(),
                new FrameLimits(config.maxMessage(), config.maxEmptyFragments(), false),
                new FrameLimits(config.maxMessage(), config.maxEmptyFragments(), true),
                new PerLoop<>(loops, Inflation::new),
                watch);
    }
}
