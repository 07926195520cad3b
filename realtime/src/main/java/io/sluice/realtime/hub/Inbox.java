package io.sluice.realtime.hub;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Events for one loop that come from other threads, in the order in which they were put in. However many come in
/// between two passes of the loop, they cost it one task.
final class Inbox implements Runnable {
    private record Delivery(Shard shard, Outbound event) {}

    private final LoopHub hub;
    private final Executor executor;
    private final Queue<Delivery> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Inbox(LoopHub hub, Executor executor) {
        this.hub = hub;
        this.executor = executor;
    }

    /// Any thread. Follow with [#wake], or with [#drain] on the loop.
    void put(Shard shard, Outbound event) {
        queue.add(new Delivery(shard, event));
    }

    /// Any thread.
    void wake() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            executor.execute(this);
        }
    }

    @Override
    public void run() {
        scheduled.set(false);
        drain();
    }

    /// Loop thread.
    void drain() {
        Delivery delivery = queue.poll();
        if (delivery == null) {
            return;
        }
        hub.enter();
        try {
            while (delivery != null) {
                delivery.shard().deliver(delivery.event());
                delivery = queue.poll();
            }
        } finally {
            hub.exit();
        }
    }
}
