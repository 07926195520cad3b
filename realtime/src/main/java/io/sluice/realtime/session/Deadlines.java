package io.sluice.realtime.session;

import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.net.loop.Loop;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The deadlines of very many connections of one loop: a wheel of 256 slots of 250 ms, in which a connection costs one
/// reference. A deadline that moves later is only looked at when its old time comes, so a sign of life is a field
/// write; one that moves earlier needs [#add] again. Due at most 500 ms late, never early. Runs only while somebody
/// sits in it. Loop thread.
public final class Deadlines {
    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int SLOTS = 256;
    private static final int SLOT_BITS = 8;
    private static final int SMALLEST = 4;

    /// So many seats a slot may have, as slot and place share an int.
    private static final int MOST_SEATS = 1 << (31 - SLOT_BITS);

    private final Loop loop;
    private final @Nullable Deadlined[][] slots = new Deadlined[SLOTS][0];
    private final int[] sizes = new int[SLOTS];
    private final long origin;
    private long swept;
    private int seated;
    private @Nullable ScheduledFuture<?> sweep;

    public Deadlines(Loop loop) {
        this.loop = loop;
        this.origin = loop.ticker().nanos();
    }

    /// Gives it a seat by its deadline, or another one when it sits already.
    public void add(Deadlined one) {
        remove(one);
        if (seated == 0) {
            swept = tickOf(loop.ticker().nanos());
        }
        sit(one);
        if (sweep == null) {
            sweep =
                    loop.executor()
                            .scheduleAtFixedRate(
                                    this::sweep, SLOT_NANOS, SLOT_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /// Takes its seat away, if it has one.
    public void remove(Deadlined one) {
        int seat = one.seat();
        if (seat < 0) {
            return;
        }
        int slot = seat & (SLOTS - 1);
        int place = seat >>> SLOT_BITS;
        @Nullable Deadlined[] seats = slots[slot];
        int last = --sizes[slot];
        Deadlined moved = seats[last];
        seats[place] = moved;
        seats[last] = null;
        if (moved != null && place != last) {
            moved.seat(seat);
        }
        one.seat(-1);
        seated--;
        if (last * 4 < seats.length && seats.length > SMALLEST) {
            slots[slot] = Arrays.copyOf(seats, seats.length / 2);
        }
    }

    /// How many sit in it.
    public int size() {
        return seated;
    }

    private long tickOf(long nanos) {
        return Math.floorDiv(nanos - origin, SLOT_NANOS);
    }

    private void sit(Deadlined one) {
        long tick = tickOf(one.deadline()) + 1;
        tick = Math.clamp(tick, swept + 1, swept + SLOTS - 1);
        int slot = (int) (tick & (SLOTS - 1));
        int place = sizes[slot];
        if (place == MOST_SEATS) {
            throw new IllegalStateException("more than " + MOST_SEATS + " deadlines in one slot");
        }
        @Nullable Deadlined[] seats = slots[slot];
        if (place == seats.length) {
            seats = Arrays.copyOf(seats, Math.max(SMALLEST, place * 2));
            slots[slot] = seats;
        }
        seats[place] = one;
        sizes[slot] = place + 1;
        one.seat(place << SLOT_BITS | slot);
        seated++;
    }

    private void sweep() {
        long now = loop.ticker().nanos();
        long target = tickOf(now);
        for (int steps = 0; swept < target && steps < SLOTS; steps++) {
            swept++;
            sweepSlot((int) (swept & (SLOTS - 1)), now);
        }
        swept = Math.max(swept, target);
        ScheduledFuture<?> running = sweep;
        if (seated == 0 && running != null) {
            running.cancel(false);
            sweep = null;
        }
    }

    /// From the last seat down: whoever sits anew goes to another slot, and whoever leaves is replaced by one seen.
    private void sweepSlot(int slot, long now) {
        for (int place = sizes[slot] - 1; place >= 0; place--) {
            if (place >= sizes[slot]) {
                continue;
            }
            Deadlined one = slots[slot][place];
            if (one == null) {
                continue;
            }
            remove(one);
            if (one.deadline() - now <= 0) {
                one.due();
            } else {
                sit(one);
            }
        }
    }
}
