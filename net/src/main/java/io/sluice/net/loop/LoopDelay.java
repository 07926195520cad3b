package io.sluice.net.loop;

import io.sluice.core.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far a loop lags behind. A task that is due every 20 ms comes late by what the loop had to do besides, and so does
/// everything else: an answer of a service waits as long as a request. Late once may be a pause of the machine; a loop
/// that is late time after time for half a second has more to do than it can, until it was hardly late for two seconds.
/// Ticks only while it lags behind or was asked within half a second. Loop thread only, but for [#behind].
final class LoopDelay {
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Logger LOG = LoggerFactory.getLogger(LoopDelay.class);
    private static final long SUSTAINED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long RECOVERED_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// A loop is in time again when it is late by this part of what it may be.
    private static final int HARDLY = 4;

    private final Ticker ticker;
    private final Consumer<Runnable> later;
    private final Runnable tick = this::tick;
    private boolean ticking;
    private boolean asked;
    private volatile boolean behind;

    /// The least delay that somebody asked about between two ticks.
    private long most;

    private long lastAsked;

    /// When it ticked last, or began to.
    private long last;

    /// Since when every tick says the contrary of [#behind].
    private @Nullable Long otherwiseSince;

    /// @param later runs a task on the loop in [#TICK_NANOS]
    LoopDelay(Ticker ticker, Consumer<Runnable> later) {
        this.ticker = ticker;
        this.later = later;
    }

    /// Whether the loop lags behind, and has been at what it does now for longer than it may. What is asked about before
    /// that is little enough to be done in time.
    boolean exceeds(long nanos) {
        long now = ticker.nanos();
        most = asked ? Math.min(most, nanos) : nanos;
        asked = true;
        lastAsked = now;
        if (!ticking) {
            ticking = true;
            last = now;
            later.accept(tick);
        }
        return behind && now - last > nanos;
    }

    /// Whether the loop has more to do than it can. Any thread.
    boolean behind() {
        return behind;
    }

    private void tick() {
        long now = ticker.nanos();
        long late = now - last - TICK_NANOS;
        last = now;
        boolean otherwise = behind ? late <= most / HARDLY : late > most;
        if (!otherwise) {
            otherwiseSince = null;
        } else if (otherwiseSince == null) {
            otherwiseSince = behind ? now : now - late;
        }
        if (otherwiseSince != null
                && now - otherwiseSince >= (behind ? RECOVERED_NANOS : SUSTAINED_NANOS)) {
            behind = !behind;
            otherwiseSince = null;
            tell();
        }
        ticking = behind || now - lastAsked < SUSTAINED_NANOS;
        asked = false;
        if (ticking) {
            later.accept(tick);
        } else {
            otherwiseSince = null;
        }
    }

    private void tell() {
        if (behind) {
            LOG.warn("This loop has more to do than it can; requests it cannot do in time get 503");
        } else {
            LOG.info("This loop is in time again");
        }
    }
}
