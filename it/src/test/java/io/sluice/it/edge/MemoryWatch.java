package io.sluice.it.edge;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// How much more memory this process holds than at the start: what lives in the heap after a collection, and direct
/// memory. Looks a few times a second until closed.
public final class MemoryWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final long heapBefore = liveHeap();
    private final long directBefore = direct();
    private final AtomicLong directMost = new AtomicLong();
    private final AtomicLong heapMost = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::watch);

    private MemoryWatch() {}

    public static MemoryWatch start() {
        MemoryWatch watch = new MemoryWatch();
        watch.thread.start();
        return watch;
    }

    /// Most that was held more than at the start, in bytes.
    public long growth() {
        look();
        return Math.max(0, heapMost.get() - heapBefore)
                + Math.max(0, directMost.get() - directBefore);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                look();
            }
        } catch (InterruptedException closed) {
            // That is how watching ends.
        }
    }

    private void look() {
        directMost.accumulateAndGet(direct(), Math::max);
        heapMost.accumulateAndGet(liveHeap(), Math::max);
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
        PooledByteBufAllocatorMetric pool = PooledByteBufAllocator.DEFAULT.metric();
        long netty = Math.max(pool.usedDirectMemory(), PlatformDependent.usedDirectMemory());
        long java =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return Math.max(netty, java);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
