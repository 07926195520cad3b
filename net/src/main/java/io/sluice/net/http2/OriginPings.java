package io.sluice.net.http2;

import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import java.time.Duration;

/// Asks an origin that says nothing whether it is still there, so that a connection whose other end vanished without a
/// word is not found out by the next request. Costs one store per read; a silent connection is closed after at most
/// twice `silence` and `patience`. Loop thread only.
final class OriginPings {
    private static final long DATA = 0x736c75696365L;

    private final Http2Origin origin;
    private final Pace pace;
    private final Timer timer;
    private boolean heard;
    private boolean asked;

    /// When to ask and how long to wait.
    ///
    /// @param silence after this without a byte a PING is sent
    /// @param patience how long the origin may take to send anything then
    record Pace(Duration silence, Duration patience) {
        static final Pace DEFAULT = new Pace(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    OriginPings(Http2Origin origin, Pace pace, Loop loop) {
        this.origin = origin;
        this.pace = pace;
        this.timer = loop.timers().timer(this::look);
    }

    void start() {
        timer.in(pace.silence().toNanos());
    }

    void heard() {
        heard = true;
        if (asked) {
            asked = false;
            start();
        }
    }

    void stop() {
        timer.close();
    }

    private void look() {
        if (asked) {
            origin.silent();
            return;
        }
        asked = !heard;
        heard = false;
        if (asked) {
            origin.wire().ping(DATA);
        }
        timer.in((asked ? pace.patience() : pace.silence()).toNanos());
    }
}
