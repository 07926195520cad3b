package io.sluice.net.loop;

import io.sluice.core.time.Ticker;

/// The clock of one loop. While a read is handled its monotonic time stands still: a request asks for it half a dozen
/// times within microseconds, and each look at the machine's clock costs as much as finding a route.
final class LoopTicker implements Ticker {
    private final Ticker machine;
    private long held;
    private boolean holding;

    LoopTicker(Ticker machine) {
        this.machine = machine;
    }

    @Override
    public long nanos() {
        return holding ? held : machine.nanos();
    }

    @Override
    public long epochMillis() {
        return machine.epochMillis();
    }

    void hold() {
        held = machine.nanos();
        holding = true;
    }

    void release() {
        holding = false;
    }
}
