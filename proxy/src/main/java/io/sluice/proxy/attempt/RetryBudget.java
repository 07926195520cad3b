package io.sluice.proxy.attempt;

import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// Bounds retries to a share of requests, so that a failing service is not hit harder than a healthy one. Counts over
/// a sliding window made of the current minute and a part of the one before. Any thread; the bound may be passed by as
/// many retries as there are loops.
public final class RetryBudget {
    static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    /// Below this many requests in the window the share is taken of this number, so that a quiet route can retry.
    static final int FLOOR_REQUESTS = 100;

    private record Window(long startNanos, LongAdder requests, LongAdder retries) {
        Window(long startNanos) {
            this(startNanos, new LongAdder(), new LongAdder());
        }
    }

    private record Windows(Window previous, Window current) {}

    private final Ticker ticker;
    private final double ratio;
    private final AtomicReference<Windows> windows;

    /// @param ratio retries per request, at least 0
    public RetryBudget(Ticker ticker, double ratio) {
        this.ticker = ticker;
        this.ratio = ratio;
        long now = ticker.nanos();
        this.windows = new AtomicReference<>(new Windows(new Window(now), new Window(now)));
    }

    /// Counts one request.
    ///
    /// @param now monotonic time of the same ticker
    public void request(long now) {
        at(now).current().requests().increment();
    }

    /// Takes one retry out of the budget if there is one.
    public boolean tryRetry() {
        long now = ticker.nanos();
        Windows both = at(now);
        double old = 1 - Math.min(1.0, (double) (now - both.current().startNanos()) / WINDOW_NANOS);
        double requests = both.current().requests().sum() + old * both.previous().requests().sum();
        double retries = both.current().retries().sum() + old * both.previous().retries().sum();
        if (retries + 1 > ratio * Math.max(requests, FLOOR_REQUESTS)) {
            return false;
        }
        both.current().retries().increment();
        return true;
    }

    private Windows at(long now) {
        Windows both = windows.get();
        long age = now - both.current().startNanos();
        if (age < WINDOW_NANOS) {
            return both;
        }
        long start = now - age % WINDOW_NANOS;
        Window previous =
                age < 2 * WINDOW_NANOS ? both.current() : new Window(start - WINDOW_NANOS);
        windows.compareAndSet(both, new Windows(previous, new Window(start)));
        return windows.get();
    }
}
