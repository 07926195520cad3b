package io.sluice.net.loop;

import io.netty.channel.EventLoop;
import io.sluice.core.id.IdSource;
import io.sluice.core.time.Ticker;

/// One event loop and what belongs to it. Everything that hangs off a loop is used on its thread only.
public final class Loop {
    private final EventLoop executor;
    private final Ticker ticker;
    private final Timers timers;
    private final IdSource ids;
    private final int index;

    public Loop(EventLoop executor, Ticker ticker, int index) {
        this.executor = executor;
        this.ticker = ticker;
        this.index = index;
        this.ids = IdSource.seeded(ticker);
        this.timers = new Timers(executor, ticker);
    }

    public EventLoop executor() {
        return executor;
    }

    public Ticker ticker() {
        return ticker;
    }

    /// Coarse timers of this loop; see [Timers] for their precision.
    public Timers timers() {
        return timers;
    }

    /// Maker of request, trace and span ids of this loop.
    public IdSource ids() {
        return ids;
    }

    /// 0-based position among the loops of the process; an array index for per-loop state.
    public int index() {
        return index;
    }

    public boolean isCurrent() {
        return executor.inEventLoop();
    }
}
