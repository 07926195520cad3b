package io.sluice.bus.local;

import io.sluice.bus.Handling;
import io.sluice.bus.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// One member of a group, with a virtual thread for each topic.
final class Follower implements Subscription {
    private final Handling handling;
    private final Consumer<Follower> closed;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    Follower(Handling handling, Consumer<Follower> closed) {
        this.handling = handling;
        this.closed = closed;
    }

    void start(Backlog backlog) {
        threads.add(Thread.ofVirtual().name("bus-log").start(() -> run(backlog)));
    }

    private void run(Backlog backlog) {
        try {
            backlog.turn().lockInterruptibly();
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    handling.take(backlog.next());
                    backlog.done();
                }
            } finally {
                backlog.turn().unlock();
            }
        } catch (InterruptedException _) {
            // Closed: what was in hand is left to the next member.
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        closed.accept(this);
    }
}
