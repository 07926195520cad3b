package io.sluice.net.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// All loops of the process. Made at start, closed last.
public final class Loops implements AutoCloseable {
    private static final int MOST_LOOPS = 512;

    private final Transport transport;
    private final Ticker ticker;
    private final EventLoopGroup group;
    private final List<Loop> loops;

    /// @param count number of loops, 1–512
    public Loops(Transport transport, int count, Ticker ticker) {
        this(transport, count, ticker, true);
    }

    /// @param count number of loops, 1–512
    /// @param sendRings whether loops may send what many clients get through rings; see [Loop#sends]
    public Loops(Transport transport, int count, Ticker ticker, boolean sendRings) {
        if (count < 1 || count > MOST_LOOPS) {
            throw new IllegalArgumentException("loops: " + count + ", expected 1 to " + MOST_LOOPS);
        }
        this.transport = transport;
        this.ticker = ticker;
        this.group =
                new MultiThreadIoEventLoopGroup(
                        count, new DefaultThreadFactory("loop"), transport.handlers());
        RingPolicy rings = RingPolicy.of(sendRings);
        List<Loop> made = new ArrayList<>(count);
        for (EventExecutor executor : group) {
            made.add(new Loop((EventLoop) executor, ticker, made.size(), rings));
        }
        this.loops = List.copyOf(made);
    }

    public Transport transport() {
        return transport;
    }

    /// The clock of the loops. Any thread.
    public Ticker ticker() {
        return ticker;
    }

    public EventLoopGroup group() {
        return group;
    }

    public List<Loop> all() {
        return loops;
    }

    public int count() {
        return loops.size();
    }

    /// The loop that this event loop is. Any thread; a scan, so for connection set-up only.
    public Loop of(EventLoop executor) {
        for (Loop loop : loops) {
            if (loop.executor().equals(executor)) {
                return loop;
            }
        }
        throw new IllegalArgumentException("not one of our loops");
    }

    /// Stops the loops and waits up to 5 s for their threads to end.
    @Override
    public void close() {
        boolean ended =
                group.shutdownGracefully(0, 2, TimeUnit.SECONDS)
                        .awaitUninterruptibly(Duration.ofSeconds(5).toMillis());
        if (ended) {
            loops.forEach(Loop::close);
        }
    }
}
