package io.sluice.bus.local;

import io.sluice.bus.BusMetrics;
import io.sluice.bus.Listeners;
import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedListener;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.Portion;
import io.sluice.bus.Position;
import io.sluice.bus.Replay;
import io.sluice.bus.Retention;
import io.sluice.bus.Subscription;
import io.sluice.core.id.IdSource;
import io.sluice.core.time.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Numbered topics within this process, in an epoch of its own for each topic.
public final class LocalNumberedTopics implements NumberedTopics {
    private static final int CLEAN_EVERY = 4096;

    private final Ticker ticker;
    private final BusMetrics metrics;
    private final String epochs;
    private final AtomicInteger epoch = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();
    private final ConcurrentHashMap<String, Ring> rings = new ConcurrentHashMap<>();
    private final Listeners<NumberedListener, Numbered> listeners;

    public LocalNumberedTopics(Ticker ticker, BusMetrics metrics) {
        this.ticker = ticker;
        this.metrics = metrics;
        this.epochs = IdSource.seeded(ticker).spanId();
        this.listeners = new Listeners<>(Listeners.numbered(), _ -> {}, metrics);
    }

    @Override
    public Subscription subscribe(String name, NumberedListener listener) {
        return listeners.add(name, listener);
    }

    @Override
    public CompletionStage<Position> publish(String name, byte[] payload, Retention retention) {
        metrics.published();
        if (published.incrementAndGet() % CLEAN_EVERY == 0) {
            clean();
        }
        while (true) {
            Ring ring = rings.computeIfAbsent(name, _ -> newRing());
            Numbered message = ring.add(payload, retention, ticker.epochMillis());
            if (message != null) {
                ring.deliver(next -> listeners.deliver(name, next));
                return CompletableFuture.completedFuture(message.position());
            }
            rings.remove(name, ring);
        }
    }

    @Override
    public CompletionStage<Replay> since(String name, Position after, Portion most) {
        Ring ring = rings.computeIfAbsent(name, _ -> newRing());
        return CompletableFuture.completedFuture(ring.since(after, most, ticker.epochMillis()));
    }

    @Override
    public CompletionStage<Replay> newest(String name, Portion most) {
        Ring ring = rings.computeIfAbsent(name, _ -> newRing());
        return CompletableFuture.completedFuture(ring.newest(most, ticker.epochMillis()));
    }

    @Override
    public CompletionStage<Position> latest(String name) {
        Ring ring = rings.computeIfAbsent(name, _ -> newRing());
        return CompletableFuture.completedFuture(ring.latest());
    }

    private Ring newRing() {
        return new Ring(epochs + "-" + epoch.incrementAndGet(), ticker.epochMillis());
    }

    /// Forgets topics whose messages are all too old.
    private void clean() {
        long now = ticker.epochMillis();
        rings.forEach((name, ring) -> {
            if (ring.end(now)) {
                rings.remove(name, ring);
            }
        });
    }

    void close() {
        listeners.close();
    }
}
