package io.sluice.bus.redis;

import io.sluice.bus.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Messages on their way out, bounded, sent in batches by one virtual thread. While the server is gone, the same
/// thread serves the listeners of this node and holds the messages back, the newest ones when they get too many; so
/// the order of a name is kept through an outage. A message in flight when a connection breaks may have arrived: it is
/// sent again, and so may come twice.
final class Outbox {
    private static final int MOST_IN_BATCH = 512;
    private static final int MOST_BATCHES_IN_FLIGHT = 16;
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Setting setting;
    private final Here here;
    private final int most;
    private final ConcurrentLinkedQueue<Outgoing> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final ArrayDeque<Outgoing> held = new ArrayDeque<>();
    private final ArrayDeque<Batch> inFlight = new ArrayDeque<>();

    /// What the server does not keep, on its way to all nodes without it.
    private final ArrayDeque<Outgoing> unkept = new ArrayDeque<>();

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Session session;
    private volatile boolean idle;
    private volatile boolean closing;

    /// Not all that was answered was done.
    private volatile boolean troubled;

    private boolean flushing;

    Outbox(Setting setting, Here here) {
        this.setting = setting;
        this.here = here;
        this.most = setting.limits().bufferMessages();
        this.thread = Thread.ofVirtual().name("bus-outbox").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Any thread, returns at once. Dropped and counted when too many wait.
    void offer(Outgoing message) {
        if (queued.incrementAndGet() > most) {
            queued.decrementAndGet();
            setting.metrics().dropped("outgoing");
            if (message instanceof Outgoing.Counted counted) {
                counted.place().complete(new Position("", 0));
            }
            return;
        }
        queue.add(message);
        if (idle) {
            LockSupport.unpark(thread);
        }
        if (ended.getCount() == 0) {
            abandon();
        }
    }

    /// Nobody sends any more, but whoever waits for a place is told.
    private void abandon() {
        for (Outgoing next = poll(); next != null; next = poll()) {
            if (next instanceof Outgoing.Counted counted) {
                counted.place().complete(new Position("", 0));
            }
        }
    }

    /// A connection is there, or none any more.
    void use(@Nullable Session next) {
        session = next;
        wake();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty() && session != null) {
                troubled = false;
                Session on = session;
                boolean worked = on != null && on.isSettled() ? send(on) : serveHere();
                if (!worked) {
                    rest(on);
                }
            }
            finish();
        } finally {
            ended.countDown();
            abandon();
        }
    }

    /// What was not kept is still sent, and what cannot be sent is given its place.
    private void finish() {
        awaitBatches(0);
        Session on = session;
        while (!unkept.isEmpty() && on != null && on.isSettled()) {
            send(on);
            awaitBatches(0);
        }
        serveHere();
    }

    private void rest(@Nullable Session seen) {
        idle = true;
        if (queue.isEmpty() && seen == session && !closing && !troubled) {
            LockSupport.park(this);
        }
        idle = false;
    }

    /// Everything that was not confirmed, and all that waits, is served here and held back.
    private boolean serveHere() {
        boolean worked = !unkept.isEmpty() || !inFlight.isEmpty();
        List<Outgoing> again = new ArrayList<>(unkept);
        unkept.clear();
        for (Batch batch = inFlight.poll(); batch != null; batch = inFlight.poll()) {
            batch.undone(again::add, this::lose);
        }
        if (flushing) {
            // All of it was served when it was held, before what is held still.
            again.reversed().forEach(held::addFirst);
            flushing = false;
        } else {
            again.forEach(this::serveAndHold);
        }
        for (Outgoing next = poll(); next != null; next = poll()) {
            serveAndHold(next);
            worked = true;
        }
        return worked;
    }

    private void serveAndHold(Outgoing message) {
        here.serve(message);
        hold(message);
    }

    private void hold(Outgoing message) {
        if (held.size() >= most) {
            here.giveUp(held.removeFirst());
            setting.metrics().dropped("held");
        }
        held.addLast(message);
    }

    private void lose(Outgoing message) {
        here.giveUp(message);
        setting.metrics().dropped("refused");
    }

    private @Nullable Outgoing poll() {
        Outgoing next = queue.poll();
        if (next != null) {
            queued.decrementAndGet();
        }
        return next;
    }

    private boolean send(Session on) {
        if (!inFlight.isEmpty() && inFlight.getFirst().session() != on) {
            // One connection broke and another came, faster than this thread looked.
            serveHere();
        }
        letGo();
        List<Outgoing> messages = new ArrayList<>();
        while (messages.size() < MOST_IN_BATCH && !unkept.isEmpty()) {
            messages.add(unkept.remove());
        }
        if (!held.isEmpty()) {
            takeHeld(messages);
        } else {
            while (messages.size() < MOST_IN_BATCH) {
                Outgoing next = poll();
                if (next == null) {
                    break;
                }
                messages.add(next);
            }
        }
        if (messages.isEmpty()) {
            return false;
        }
        inFlight.add(Batch.send(on, messages, setting, this::trouble));
        if (flushing && held.isEmpty()) {
            here.sendingEnds();
            awaitBatches(0);
            flushing = !inFlight.isEmpty();
        }
        awaitBatches(MOST_BATCHES_IN_FLIGHT);
        return true;
    }

    private void takeHeld(List<Outgoing> messages) {
        if (!flushing) {
            flushing = true;
            here.sendingBegins(held);
        }
        while (messages.size() < MOST_IN_BATCH && !held.isEmpty()) {
            Outgoing message = held.removeFirst();
            here.expectEcho(message);
            messages.add(message);
        }
    }

    private void trouble() {
        troubled = true;
        wake();
    }

    /// Of the batches that are answered.
    private void letGo() {
        awaitBatches(Integer.MAX_VALUE);
    }

    /// Waits until at most this many batches are unanswered, or the connection breaks.
    private void awaitBatches(int left) {
        while (!inFlight.isEmpty()) {
            Batch oldest = inFlight.getFirst();
            if (!oldest.isAnswered()) {
                Session on = session;
                if (inFlight.size() <= left || on == null || on != oldest.session()) {
                    return;
                }
                oldest.await();
            }
            if (oldest.session().isBroken()) {
                return;
            }
            inFlight.removeFirst();
            oldest.undone(this::sendUnkept, this::lose);
        }
    }

    private void sendUnkept(Outgoing message) {
        unkept.add(
                switch (message) {
                    case Outgoing.Counted counted -> here.unkept(counted);
                    case Outgoing.Plain plain -> plain;
                    case Outgoing.Unkept known -> known;
                });
    }

    /// Sends what waits for at most a second. Blocks.
    void close() {
        closing = true;
        wake();
        try {
            if (!ended.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
