package io.sluice.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners of one name and the messages that wait for them. Listeners come and go one at a time, under the
/// lock of the map that holds this; messages come from any thread.
final class Ear<L, M> {
    private static final Logger LOG = LoggerFactory.getLogger(Ear.class);

    /// More messages of one name than this do not wait for the thread that is handing them out.
    private static final int MOST_WAITING = 16_384;

    private final String name;
    private volatile List<Listeners.Seat<L>> seats;
    private final ConcurrentLinkedQueue<Optional<M>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();

    /// The last one that came was dropped.
    private final AtomicBoolean dropping = new AtomicBoolean();

    Ear(String name, Listeners.Seat<L> first) {
        this.name = name;
        this.seats = List.of(first);
    }

    void add(Listeners.Seat<L> seat) {
        List<Listeners.Seat<L>> more = new ArrayList<>(seats);
        more.add(seat);
        seats = List.copyOf(more);
    }

    boolean remove(Listeners.Seat<L> seat) {
        List<Listeners.Seat<L>> fewer = new ArrayList<>(seats);
        boolean removed = fewer.remove(seat);
        seats = List.copyOf(fewer);
        return removed;
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    void forEach(Consumer<Listeners.Seat<L>> action) {
        seats.forEach(action);
    }

    /// Hands out a message, or a gap when it is null.
    ///
    /// @return false when too many wait already and it was dropped; a gap stands in its place
    boolean hear(@Nullable M message, Listeners.Delivery<L, M> delivery) {
        if (underWay.compareAndSet(0, 1)) {
            handOut(message, delivery);
            if (underWay.decrementAndGet() != 0) {
                drain(delivery);
            }
            return true;
        }
        boolean taken = underWay.get() <= MOST_WAITING;
        if (taken) {
            dropping.set(false);
            await(Optional.ofNullable(message), delivery);
        } else if (dropping.compareAndSet(false, true)) {
            await(Optional.empty(), delivery);
        }
        return taken;
    }

    private void await(Optional<M> next, Listeners.Delivery<L, M> delivery) {
        waiting.add(next);
        if (underWay.getAndIncrement() == 0) {
            drain(delivery);
        }
    }

    private void drain(Listeners.Delivery<L, M> delivery) {
        do {
            Optional<M> next = waiting.poll();
            if (next != null) {
                handOut(next.orElse(null), delivery);
            }
        } while (underWay.decrementAndGet() != 0);
    }

    private void handOut(@Nullable M message, Listeners.Delivery<L, M> delivery) {
        for (Listeners.Seat<L> seat : seats) {
            if (!seat.open) {
                continue;
            }
            try {
                if (message == null) {
                    delivery.gap(seat.listener, name);
                } else {
                    delivery.message(seat.listener, name, message);
                }
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("topic", name)
                        .log("A listener of the bus failed");
            }
        }
    }
}
