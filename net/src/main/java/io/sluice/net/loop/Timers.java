package io.sluice.net.loop;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.core.time.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A hashed wheel of one loop: 1,024 slots of 20 ms. A timer fires up to one slot late, never early. Arming a timer
/// that already hangs in an earlier slot only writes its deadline; the sweep files it again. The sweep runs only while
/// timers hang. Loop thread only.
public final class Timers {
    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int SLOTS = 1024;

    private final EventExecutor executor;
    private final Ticker ticker;
    private final @Nullable Timer[] heads = new Timer[SLOTS];
    private final long origin;
    private long swept;
    private int hanging;
    private boolean sweeping;
    private @Nullable ScheduledFuture<?> sweep;

    Timers(EventExecutor executor, Ticker ticker) {
        this.executor = executor;
        this.ticker = ticker;
        this.origin = ticker.nanos();
    }

    /// A new timer, not armed. `onExpiry` runs on the loop.
    public Timer timer(Runnable onExpiry) {
        return new Timer(this, onExpiry);
    }

    void arm(Timer timer, long nanos) {
        long now = ticker.nanos();
        long deadline = now + Math.max(nanos, 0);
        boolean earlier = deadline < timer.deadline;
        timer.deadline = deadline;
        if (timer.slot < 0) {
            file(timer, now);
        } else if (earlier) {
            unlink(timer);
            file(timer, now);
        }
    }

    private long tickOf(long nanos) {
        return (nanos - origin) / SLOT_NANOS;
    }

    private void file(Timer timer, long now) {
        // Not while sweeping: the one timer that hangs could then land in the slot being swept,
        // again and again.
        if (hanging == 0 && !sweeping) {
            swept = tickOf(now);
        }
        long tick = Math.min(Math.max(tickOf(timer.deadline) + 1, swept + 1), swept + SLOTS - 1);
        int slot = (int) (tick % SLOTS);
        timer.slot = slot;
        Timer head = heads[slot];
        timer.previous = null;
        timer.next = head;
        if (head != null) {
            head.previous = timer;
        }
        heads[slot] = timer;
        hanging++;
        if (sweep == null) {
            sweep =
                    executor.scheduleAtFixedRate(
                            this::sweep, SLOT_NANOS, SLOT_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    void unlink(Timer timer) {
        if (timer.slot < 0) {
            return;
        }
        Timer previous = timer.previous;
        Timer next = timer.next;
        if (previous == null) {
            heads[timer.slot] = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        timer.previous = null;
        timer.next = null;
        timer.slot = -1;
        hanging--;
    }

    private void sweep() {
        long now = ticker.nanos();
        long target = tickOf(now);
        sweeping = true;
        try {
            for (int steps = 0; swept < target && steps < SLOTS; steps++) {
                swept++;
                sweepSlot((int) (swept % SLOTS), now);
            }
        } finally {
            sweeping = false;
        }
        swept = Math.max(swept, target);
        ScheduledFuture<?> running = sweep;
        if (hanging == 0 && running != null) {
            running.cancel(false);
            sweep = null;
        }
    }

    private void sweepSlot(int slot, long now) {
        Timer timer = heads[slot];
        while (timer != null) {
            // Taken from the head each time: an expiry may unlink any neighbour.
            unlink(timer);
            if (timer.deadline != Timer.CLEARED) {
                if (timer.deadline <= now) {
                    timer.expire();
                } else {
                    file(timer, now);
                }
            }
            timer = heads[slot];
        }
    }
}
