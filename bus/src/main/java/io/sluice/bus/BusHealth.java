package io.sluice.bus;

import io.sluice.core.time.Ticker;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Whether what this node shares is in reach. A part reports itself up or gone; one part gone makes the bus degraded.
/// Any thread.
public final class BusHealth {
    private final Ticker ticker;
    private final List<Consumer<? super Status>> watchers = new CopyOnWriteArrayList<>();
    private final TreeMap<String, String> gone = new TreeMap<>();
    private volatile Status status;

    public BusHealth(Ticker ticker) {
        this.ticker = ticker;
        this.status = new Status(State.UP, ticker.now(), "");
    }

    /// The two states of the bus.
    public enum State {
        UP,
        DEGRADED
    }

    /// @param since when the state was entered
    /// @param why which parts are gone and why, empty when none is
    public record Status(State state, Instant since, String why) {}

    public Status status() {
        return status;
    }

    public boolean isUp() {
        return status.state() == State.UP;
    }

    /// Tells each new state from now on, on the thread that found out; it must not block.
    public Subscription watch(Consumer<? super Status> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /// Reports a part in reach.
    public void up(String part) {
        Status before = status;
        synchronized (gone) {
            if (gone.remove(part) == null) {
                return;
            }
            refresh();
        }
        tell(before);
    }

    /// Reports a part out of reach.
    ///
    /// @param why a sentence without secrets
    public void gone(String part, String why) {
        Status before = status;
        synchronized (gone) {
            if (why.equals(gone.put(part, why))) {
                return;
            }
            refresh();
        }
        tell(before);
    }

    private void refresh() {
        State state = gone.isEmpty() ? State.UP : State.DEGRADED;
        Instant since = state == status.state() ? status.since() : ticker.now();
        StringBuilder why = new StringBuilder();
        gone.forEach((part, reason) ->
                why.append(why.isEmpty() ? "" : "; ").append(part).append(": ").append(reason));
        status = new Status(state, since, why.toString());
    }

    private void tell(Status before) {
        Status now = status;
        if (now.state() != before.state()) {
            for (Consumer<? super Status> watcher : watchers) {
                watcher.accept(now);
            }
        }
    }
}
