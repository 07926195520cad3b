package io.sluice.bus.local;

import io.sluice.bus.BusMetrics;
import io.sluice.bus.Listeners;
import io.sluice.bus.Subscription;
import io.sluice.bus.TopicListener;
import io.sluice.bus.Topics;

/// Topics within this process.
public final class LocalTopics implements Topics {
    private final BusMetrics metrics;
    private final Listeners<TopicListener, byte[]> listeners;

    public LocalTopics(BusMetrics metrics) {
        this.metrics = metrics;
        this.listeners = new Listeners<>(Listeners.plain(), _ -> {}, metrics);
    }

    @Override
    public Subscription subscribe(String name, TopicListener listener) {
        return listeners.add(name, listener);
    }

    @Override
    public void publish(String name, byte[] payload) {
        metrics.published();
        listeners.deliver(name, payload);
    }

    void close() {
        listeners.close();
    }
}
