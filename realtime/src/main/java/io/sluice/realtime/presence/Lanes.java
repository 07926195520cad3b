package io.sluice.realtime.presence;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs work that may block, in order for each name, on virtual threads that live while there is work. Any thread.
public final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final int COUNT = 8;

    private final Lane[] lanes = new Lane[COUNT];

    public Lanes() {
        for (int i = 0; i < COUNT; i++) {
            lanes[i] = new Lane();
        }
    }

    /// Runs it behind what was given for this name before.
    public void run(String name, Runnable work) {
        lanes[Math.floorMod(name.hashCode(), COUNT)].run(work);
    }

    /// Runs work beside the lanes.
    ///
    /// @return ends with it
    Future<?> aside(Runnable work) {
        FutureTask<?> task = new FutureTask<>(() -> runSafely(work), work);
        Thread.ofVirtual().name("presence-aside").start(task);
        return task;
    }

    /// Waits until what was given so far is done, but not longer than this.
    void settle(Duration longest) {
        CountDownLatch behind = new CountDownLatch(COUNT);
        for (Lane lane : lanes) {
            lane.run(behind::countDown);
        }
        try {
            if (!behind.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("Presence could not be noted in time");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void runSafely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Presence could not be noted");
        }
    }

    private static final class Lane {
        private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();

        void run(Runnable work) {
            queue.add(work);
            if (waiting.getAndIncrement() == 0) {
                Thread.ofVirtual().name("presence").start(this::drain);
            }
        }

        private void drain() {
            do {
                Runnable work = queue.poll();
                if (work != null) {
                    runSafely(work);
                }
            } while (waiting.decrementAndGet() > 0);
        }
    }
}
