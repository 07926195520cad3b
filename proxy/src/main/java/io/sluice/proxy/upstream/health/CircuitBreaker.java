package io.sluice.proxy.upstream.health;

import io.sluice.core.time.Ticker;
import io.sluice.proxy.upstream.Breaker;
import io.sluice.proxy.upstream.CallResult;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// Closed, open, half-open, without locks: the state is one reference, its counters are atomic, and a change of state is
/// one compare-and-set of that reference. A success while closed costs one uncontended addition and one read.
public final class CircuitBreaker implements Breaker {

    /// For metrics and administration.
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /// The number of a state is in the permits given out in it. Windows of one closed time share theirs.
    private sealed interface Phase {
        long number();
    }

    private record Closed(
            long number, long since, LongAdder requests, AtomicInteger failures, AtomicInteger row)
            implements Phase {
        Closed(long number, long since) {
            this(number, since, new LongAdder(), new AtomicInteger(), new AtomicInteger());
        }
    }

    private record Open(long number, long since) implements Phase {}

    private record HalfOpen(long number, long since, AtomicInteger permits, AtomicInteger successes)
            implements Phase {}

    private final BreakerConfig config;
    private final Ticker ticker;
    private final AtomicReference<Phase> phase;
    private final LongAdder opened = new LongAdder();

    public CircuitBreaker(BreakerConfig config, Ticker ticker) {
        this.config = config;
        this.ticker = ticker;
        this.phase = new AtomicReference<>(new Closed(1, ticker.nanos()));
    }

    @Override
    public long tryAcquire() {
        while (true) {
            Phase now = phase.get();
            switch (now) {
                case Closed closed -> {
                    return closed.number();
                }
                case Open open -> {
                    if (!over(open.since(), config.timeout().toNanos())) {
                        return REFUSED;
                    }
                    phase.compareAndSet(open, tryAgain(open));
                }
                case HalfOpen half -> {
                    if (take(half.permits())) {
                        return half.number();
                    }
                    // A permit whose holder never came back must not shut the service off for ever.
                    if (!over(half.since(), config.timeout().toNanos())) {
                        return REFUSED;
                    }
                    phase.compareAndSet(half, tryAgain(half));
                }
            }
        }
    }

    @Override
    public int retryAfterSeconds() {
        return switch (phase.get()) {
            case Open open -> secondsLeft(open.since());
            case HalfOpen half -> 1;
            case Closed closed -> 1;
        };
    }

    private int secondsLeft(long since) {
        long left = config.timeout().toNanos() - (ticker.nanos() - since);
        return Math.clamp(Math.ceilDiv(left, 1_000_000_000L), 1, Integer.MAX_VALUE);
    }

    @Override
    public long streaming(long permit) {
        if (phase.get() instanceof HalfOpen half && half.number() == permit) {
            judge(half, CallResult.SUCCESS);
            return REFUSED;
        }
        return permit;
    }

    @Override
    public void release(long permit, CallResult result) {
        Phase now = phase.get();
        if (now.number() != permit) {
            return;
        }
        switch (now) {
            case Closed closed -> count(closed, result);
            case HalfOpen half -> judge(half, result);
            case Open open -> {}
        }
    }

    private void count(Closed closed, CallResult result) {
        if (result == CallResult.CANCELLED) {
            return;
        }
        if (!result.failure()) {
            closed.requests().increment();
            if (closed.row().get() != 0) {
                closed.row().set(0);
            }
            return;
        }
        Closed window = window(closed);
        window.requests().increment();
        int failures = window.failures().incrementAndGet();
        int row = window.row().incrementAndGet();
        if (row >= config.maxFailures() || tooMany(failures, window.requests().sum())) {
            open(window);
        }
    }

    private boolean tooMany(int failures, long requests) {
        return requests >= config.minimumRequests()
                && failures >= config.failureThreshold() * requests;
    }

    /// The window to count a failure in. Only a failure begins a new one, so successes need no clock; the row goes on.
    private Closed window(Closed closed) {
        if (!over(closed.since(), config.interval().toNanos())) {
            return closed;
        }
        Closed next =
                new Closed(
                        closed.number(),
                        ticker.nanos(),
                        new LongAdder(),
                        new AtomicInteger(),
                        closed.row());
        phase.compareAndSet(closed, next);
        return phase.get() instanceof Closed current && current.number() == closed.number()
                ? current
                : closed;
    }

    private void judge(HalfOpen half, CallResult result) {
        if (result == CallResult.CANCELLED) {
            half.permits().incrementAndGet();
        } else if (result.failure()) {
            open(half);
        } else if (half.successes().incrementAndGet() >= config.maxRequests()) {
            phase.compareAndSet(half, new Closed(half.number() + 1, ticker.nanos()));
        }
    }

    private void open(Phase from) {
        if (phase.compareAndSet(from, new Open(from.number() + 1, ticker.nanos()))) {
            opened.increment();
        }
    }

    private HalfOpen tryAgain(Phase from) {
        return new HalfOpen(
                from.number() + 1,
                ticker.nanos(),
                new AtomicInteger(config.maxRequests()),
                new AtomicInteger());
    }

    private static boolean take(AtomicInteger permits) {
        int left = permits.get();
        while (left > 0) {
            if (permits.compareAndSet(left, left - 1)) {
                return true;
            }
            left = permits.get();
        }
        return false;
    }

    private boolean over(long since, long nanos) {
        return ticker.nanos() - since >= nanos;
    }

    public State state() {
        return switch (phase.get()) {
            case Closed closed -> State.CLOSED;
            case Open open -> State.OPEN;
            case HalfOpen half -> State.HALF_OPEN;
        };
    }

    /// How often it opened.
    public long opened() {
        return opened.sum();
    }

    /// Closes it and forgets its counts, on an administrator's word.
    public void reset() {
        phase.updateAndGet(now -> new Closed(now.number() + 1, ticker.nanos()));
    }

    BreakerConfig config() {
        return config;
    }
}
