package io.sluice.core.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// A ticker that moves only when a test says so; both clocks move together. Safe on any thread.
public final class ManualTicker implements Ticker {
    /// Where the wall clock stands at first, in milliseconds: 2026-01-01T00:00:00Z.
    public static final long START_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final AtomicLong elapsed = new AtomicLong();
    private final long startMillis;

    public ManualTicker() {
        this(START_MILLIS);
    }

    public ManualTicker(long startMillis) {
        this.startMillis = startMillis;
    }

    public void advance(Duration by) {
        elapsed.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return elapsed.get();
    }

    @Override
    public long epochMillis() {
        return startMillis + elapsed.get() / 1_000_000;
    }
}
