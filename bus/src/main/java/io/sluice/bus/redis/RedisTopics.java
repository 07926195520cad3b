package io.sluice.bus.redis;

import io.sluice.bus.BusMetrics;
import io.sluice.bus.Subscription;
import io.sluice.bus.TopicListener;
import io.sluice.bus.Topics;
import java.util.Set;

/// Topics over the pub/sub channels of the same names, some of them in a second server.
final class RedisTopics implements Topics {
    private final Broadcast broadcast;
    private final Broadcast rooms;
    private final Set<String> roomTopics;
    private final BusMetrics metrics;

    RedisTopics(Broadcast broadcast, Broadcast rooms, Setting setting) {
        this.broadcast = broadcast;
        this.rooms = rooms;
        this.roomTopics = Set.copyOf(setting.config().roomTopics());
        this.metrics = setting.metrics();
    }

    @Override
    public Subscription subscribe(String name, TopicListener listener) {
        return at(name).subscribe(name, listener);
    }

    @Override
    public void publish(String name, byte[] payload) {
        metrics.published();
        at(name).send(new Outgoing.Plain(name, payload));
    }

    private Broadcast at(String name) {
        return roomTopics.contains(name) ? rooms : broadcast;
    }
}
