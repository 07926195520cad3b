package io.sluice.net.loop;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.uring.IoUringSocketChannel;
import io.sluice.core.id.IdSource;
import io.sluice.core.time.Ticker;
import io.sluice.net.direct.DirectSends;
import java.util.concurrent.TimeUnit;

/// One event loop and what belongs to it. Everything that hangs off a loop is used on its thread only.
public final class Loop {
    private static final int WRITE_ROOM = 16 * 1024;

    private final EventLoop executor;
    private final LoopTicker ticker;
    private final Timers timers;
    private final IdSource ids;
    private final int index;
    private final LoopReads reads = new LoopReads();
    private final SpareBuffer writes = new SpareBuffer(WRITE_ROOM);
    private final LoopDelay delay;
    private final LoopSends sends;

    public Loop(EventLoop executor, Ticker ticker, int index) {
        this(executor, ticker, index, RingPolicy.of(false));
    }

    Loop(EventLoop executor, Ticker ticker, int index, RingPolicy rings) {
        this.executor = executor;
        this.ticker = new LoopTicker(ticker);
        this.index = index;
        this.sends = new LoopSends(this, rings);
        this.ids = IdSource.seeded(ticker);
        this.timers = new Timers(executor, this.ticker);
        this.delay =
                new LoopDelay(
                        this.ticker,
                        task ->
                                executor.schedule(
                                        task, LoopDelay.TICK_NANOS, TimeUnit.NANOSECONDS));
    }

    public EventLoop executor() {
        return executor;
    }

    /// Loop thread only. Within [#handling] its monotonic time is that of the beginning.
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

    /// Makes a connection of this loop read into the loop's own buffer while its messages are small. Not with io_uring,
    /// which holds a buffer for every connection it waits for.
    public void adopt(Channel channel) {
        if (!(channel instanceof IoUringSocketChannel)) {
            channel.config().setRecvByteBufAllocator(reads);
        }
    }

    /// Where small messages are put together before they are written; free again once they are sent.
    public SpareBuffer writes() {
        return writes;
    }

    /// How what many clients of this loop get is sent to them. The best there is now; asked for before each round.
    public DirectSends sends() {
        return sends.now();
    }

    /// Whether it sends to many through a ring. Any thread.
    public boolean hasSendRing() {
        return sends.hasRing();
    }

    /// What was read is being handled, until [#handled].
    public void handling() {
        ticker.hold();
    }

    public void handled() {
        ticker.release();
    }

    /// Whether the loop has more to do than it can for half a second, and is longer than this at what it does now. Asked
    /// once for each request or stream; what is not asked about is not measured.
    public boolean isDelayedBy(long nanos) {
        return delay.exceeds(nanos);
    }

    /// Whether nobody waits any more for an answer on this connection, since its client has reset it. Looked at only while
    /// the loop has more to do than it can, when clients give up before it is their turn; costs a system call then.
    public boolean isInVain(Channel channel) {
        return delay.behind() && Transport.isReset(channel);
    }

    /// Whether the loop has more to do than it can, as far as it was asked. Any thread.
    public boolean isBehind() {
        return delay.behind();
    }

    /// Frees the buffers and the ring; for when the loop's thread has ended.
    void close() {
        reads.close();
        writes.close();
        sends.close();
    }

    public boolean isCurrent() {
        return executor.inEventLoop();
    }
}
