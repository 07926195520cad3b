package io.sluice.bus;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who on this node listens to which name. Any thread, no lock is held while a listener runs.
///
/// A message is handed out on the thread that brings it, unless another thread is just handing out one of the same
/// name: then that thread takes this one too. So the messages of a name come one at a time and in one order, also
/// when a listener publishes.
///
/// @param <L> a listener
/// @param <M> a message
public final class Listeners<L, M> {

    /// How a message, or a gap, reaches a listener.
    public interface Delivery<L, M> {
        void message(L listener, String name, M message);

        void gap(L listener, String name);
    }

    /// Told after a name got its first listener or its last one left; [#has] says which. It must not block.
    public interface Names {
        void changed(String name);
    }

    private final ConcurrentHashMap<String, Ear<L, M>> ears = new ConcurrentHashMap<>();
    private final Delivery<L, M> delivery;
    private final Names names;
    private final BusMetrics metrics;

    public Listeners(Delivery<L, M> delivery, Names names, BusMetrics metrics) {
        this.delivery = delivery;
        this.names = names;
        this.metrics = metrics;
    }

    public Subscription add(String name, L listener) {
        Seat<L> seat = new Seat<>(listener);
        boolean[] first = new boolean[1];
        ears.compute(
                name,
                (_, ear) -> {
                    first[0] = ear == null;
                    if (ear == null) {
                        return new Ear<>(name, seat);
                    }
                    ear.add(seat);
                    return ear;
                });
        if (first[0]) {
            metrics.nameAdded();
            names.changed(name);
        }
        return () -> remove(name, seat);
    }

    private void remove(String name, Seat<L> seat) {
        seat.open = false;
        boolean[] last = new boolean[1];
        ears.computeIfPresent(
                name,
                (_, ear) -> {
                    last[0] = ear.remove(seat) && ear.isEmpty();
                    return last[0] ? null : ear;
                });
        if (last[0]) {
            metrics.nameReleased();
            names.changed(name);
        }
    }

    /// Hands a message to the listeners of the name, if there are any.
    public void deliver(String name, M message) {
        Ear<L, M> ear = ears.get(name);
        if (ear == null) {
            return;
        }
        if (ear.hear(message, delivery)) {
            metrics.delivered();
        } else {
            metrics.dropped("delivery");
        }
    }

    /// Announces a gap to the listeners of the name, in its place between the messages.
    public void gap(String name) {
        Ear<L, M> ear = ears.get(name);
        if (ear != null) {
            ear.hear(null, delivery);
        }
    }

    public boolean has(String name) {
        return ears.containsKey(name);
    }

    /// All names with a listener; a view that changes with them.
    public Set<String> names() {
        return ears.keySet();
    }

    /// Ends all subscriptions.
    public void close() {
        ears.forEach((name, ear) -> ear.forEach(seat -> remove(name, seat)));
    }

    /// One subscription.
    static final class Seat<L> {
        final L listener;
        volatile boolean open = true;

        Seat(L listener) {
            this.listener = listener;
        }
    }

    /// A delivery of plain messages.
    public static Delivery<TopicListener, byte[]> plain() {
        return new Delivery<>() {
            @Override
            public void message(TopicListener listener, String name, byte[] message) {
                listener.message(name, message);
            }

            @Override
            public void gap(TopicListener listener, String name) {
                listener.gap(name);
            }
        };
    }

    /// A delivery of numbered messages.
    public static Delivery<NumberedListener, Numbered> numbered() {
        return new Delivery<>() {
            @Override
            public void message(NumberedListener listener, String name, Numbered message) {
                switch (message.news()) {
                    case NEW -> listener.message(name, message);
                    case HEARD_BEFORE -> listener.placed(name, message.position());
                }
            }

            @Override
            public void gap(NumberedListener listener, String name) {
                listener.gap(name);
            }
        };
    }
}
