package io.sluice.proxy.attempt;

import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import org.jspecify.annotations.Nullable;

/// The clocks of one call, kept by a single timer that always stands at the nearest deadline. Taken from the
/// [AttemptLane] and given back, so that the timer is armed by a field write and nothing is allocated. Loop thread
/// only.
final class AttemptTimers {
    /// Hears when a clock ran out.
    interface Owner {
        void timedOut(AttemptClock clock);
    }

    private enum Mode {
        STOPPED,
        TOTAL,
        IDLE
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final Loop loop;
    private final Timer timer;
    private @Nullable Owner owner;
    private AttemptLimits limits = AttemptLimits.of(AttemptLimits.DEFAULT_TOTAL);
    private Mode mode = Mode.STOPPED;

    /// Deadlines as time left at `since`, or NEVER.
    private long totalLeft = NEVER;

    private long headLeft = NEVER;
    private long since;

    AttemptTimers(Loop loop) {
        this.loop = loop;
        this.timer = loop.timers().timer(this::expired);
    }

    void begin(Owner newOwner, AttemptLimits newLimits) {
        owner = newOwner;
        limits = newLimits;
    }

    /// The request is still being received: only standstill counts.
    void uploading() {
        mode = Mode.IDLE;
        timer.in(limits.idle().toNanos());
    }

    /// The request is whole: the total clock starts.
    ///
    /// @param now monotonic time
    void requestComplete(long now) {
        if (limits.total().isZero()) {
            uploading();
        } else {
            mode = Mode.TOTAL;
            count(now, limits.total().toNanos(), headLeft == NEVER ? NEVER : headLeft);
        }
    }

    /// A new attempt starts to wait for its head.
    void attemptStarted(long now) {
        if (!limits.head().isZero() && mode == Mode.TOTAL) {
            count(
                    now,
                    totalLeft == NEVER ? NEVER : totalLeft - (now - since),
                    limits.head().toNanos());
        }
    }

    /// The head is here and a body of known, moderate length follows.
    void answerStarted(long now) {
        if (headLeft != NEVER && mode == Mode.TOTAL) {
            count(now, totalLeft - (now - since), NEVER);
        }
    }

    /// A streaming answer started: from here on only standstill counts.
    void streamStarted() {
        headLeft = NEVER;
        uploading();
    }

    /// Something moved.
    void progress() {
        if (mode == Mode.IDLE) {
            timer.in(limits.idle().toNanos());
        }
    }

    void stop() {
        mode = Mode.STOPPED;
        owner = null;
        totalLeft = NEVER;
        headLeft = NEVER;
        timer.clear();
    }

    private void count(long now, long newTotalLeft, long newHeadLeft) {
        since = now;
        totalLeft = newTotalLeft;
        headLeft = newHeadLeft;
        timer.in(Math.min(totalLeft, headLeft));
    }

    private void expired() {
        Owner listener = owner;
        if (listener == null) {
            return;
        }
        boolean totalOver = loop.ticker().nanos() - since >= totalLeft;
        listener.timedOut(
                switch (mode) {
                    case TOTAL -> totalOver ? AttemptClock.TOTAL : AttemptClock.HEAD;
                    case IDLE, STOPPED -> AttemptClock.IDLE;
                });
    }
}
