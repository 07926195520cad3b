package io.sluice.core.time;

import java.time.Instant;

/// Both clocks a component may need. Tests pass one that is moved by hand.
public interface Ticker {

    /// Monotonic nanoseconds; only differences mean anything.
    long nanos();

    /// Wall-clock milliseconds since the epoch.
    long epochMillis();

    default Instant now() {
        return Instant.ofEpochMilli(epochMillis());
    }

    /// The machine's own clocks.
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
