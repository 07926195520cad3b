package io.sluice.proxy.attempt;

import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import org.jspecify.annotations.Nullable;

/// The clocks of one call: one of the whole exchange, which counts its time or its standstill, and one of the attempt
/// under way. Taken from the [AttemptLane] and given back, so that timers are armed by a field write and nothing is
/// allocated. Loop thread only.
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

    /// What the clock of the attempt waits for: the end of the request, from which a service can be expected to answer,
    /// and an attempt.
    private enum Request {
        ARRIVING,
        WHOLE
    }

    private final Timer exchangeTimer;
    private final Timer attemptTimer;
    private @Nullable Owner owner;
    private AttemptLimits limits = AttemptLimits.of(AttemptLimits.DEFAULT_TOTAL);
    private Mode mode = Mode.STOPPED;
    private Request request = Request.ARRIVING;
    private boolean attempting;

    AttemptTimers(Loop loop) {
        this.exchangeTimer = loop.timers().timer(this::exchangeExpired);
        this.attemptTimer = loop.timers().timer(this::attemptExpired);
    }

    void begin(Owner newOwner, AttemptLimits newLimits) {
        owner = newOwner;
        limits = newLimits;
    }

    /// The request is still being received: only standstill counts.
    void uploading() {
        mode = Mode.IDLE;
        exchangeTimer.in(limits.idle().toNanos());
    }

    /// The request is whole: the total clock starts, and that of an attempt which was sent it meanwhile.
    void requestComplete() {
        request = Request.WHOLE;
        if (limits.total().isZero()) {
            uploading();
        } else {
            mode = Mode.TOTAL;
            exchangeTimer.in(limits.total().toNanos());
        }
        expectHead();
    }

    /// A new attempt starts to wait for its head.
    void attemptStarted() {
        attempting = true;
        expectHead();
    }

    private void expectHead() {
        if (attempting && request == Request.WHOLE && !limits.head().isZero()) {
            attemptTimer.in(limits.head().toNanos());
        }
    }

    /// The attempt came to nothing, or its head is here and a body of known, moderate length follows.
    void attemptOver() {
        attempting = false;
        attemptTimer.clear();
    }

    /// A streaming answer started: from here on only standstill counts.
    void streamStarted() {
        attemptOver();
        uploading();
    }

    /// Something moved.
    void progress() {
        if (mode == Mode.IDLE) {
            exchangeTimer.in(limits.idle().toNanos());
        }
    }

    void stop() {
        mode = Mode.STOPPED;
        request = Request.ARRIVING;
        owner = null;
        attemptOver();
        exchangeTimer.clear();
    }

    private void exchangeExpired() {
        tell(mode == Mode.TOTAL ? AttemptClock.TOTAL : AttemptClock.IDLE);
    }

    private void attemptExpired() {
        tell(AttemptClock.HEAD);
    }

    private void tell(AttemptClock clock) {
        Owner listener = owner;
        if (listener != null) {
            listener.timedOut(clock);
        }
    }
}
