package io.sluice.net.loop;

import org.jspecify.annotations.Nullable;

/// A deadline that can be moved and cleared at the price of a field write. Embed or hold one per thing that times out;
/// it is armed again and again without allocation. Loop thread only.
public final class Timer {
    static final long CLEARED = Long.MAX_VALUE;

    private final Timers timers;
    private final Runnable onExpiry;

    /// Deadline in the loop's ticker, or CLEARED.
    long deadline = CLEARED;

    /// Slot the node hangs in, or -1; it may hang earlier than its deadline and is then re-filed.
    int slot = -1;

    @Nullable Timer previous;
    @Nullable Timer next;

    Timer(Timers timers, Runnable onExpiry) {
        this.timers = timers;
        this.onExpiry = onExpiry;
    }

    /// Sets or moves the deadline to `nanos` from now.
    public void in(long nanos) {
        timers.arm(this, nanos);
    }

    /// No deadline until the next [#in].
    public void clear() {
        deadline = CLEARED;
    }

    public boolean armed() {
        return deadline != CLEARED;
    }

    /// Clears and lets go of the node; for when the owner ends.
    public void close() {
        deadline = CLEARED;
        timers.unlink(this);
    }

    void expire() {
        deadline = CLEARED;
        onExpiry.run();
    }
}
