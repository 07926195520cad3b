package io.sluice.bus.local;

import io.sluice.bus.BusMetrics;
import io.sluice.bus.Handling;
import io.sluice.bus.Log;
import io.sluice.bus.LogRecord;
import io.sluice.bus.RecordHandler;
import io.sluice.bus.Subscription;
import io.sluice.bus.Unavailable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A log within this process. Records wait, for each group and topic, until they are handled; without a group nobody
/// keeps them. Every topic has one partition, so one member of a group works at a time and the next takes over.
public final class LocalLog implements Log {
    private final BusMetrics metrics;
    private final ConcurrentHashMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    public LocalLog(BusMetrics metrics) {
        this.metrics = metrics;
    }

    /// One topic: its last offset and the groups that follow it.
    private record Topic(AtomicLong offset, Map<String, Backlog> groups) {
        Topic() {
            this(new AtomicLong(), new ConcurrentHashMap<>());
        }
    }

    @Override
    public CompletionStage<String> append(String topic, String key, byte[] value) {
        Topic to = topics.computeIfAbsent(topic, _ -> new Topic());
        String id = Long.toString(to.offset.incrementAndGet());
        LogRecord record = new LogRecord(topic, key, value, id);
        boolean taken = true;
        for (Backlog backlog : to.groups.values()) {
            taken &= backlog.offer(record);
        }
        if (!taken) {
            metrics.dropped("log");
            return CompletableFuture.failedFuture(Unavailable.because("log"));
        }
        metrics.appended();
        return CompletableFuture.completedFuture(id);
    }

    @Override
    public Subscription follow(Set<String> names, String group, RecordHandler handler) {
        Follower follower = new Follower(new Handling(handler, metrics), followers::remove);
        followers.add(follower);
        for (String name : names) {
            Topic topic = topics.computeIfAbsent(name, _ -> new Topic());
            follower.start(topic.groups.computeIfAbsent(group, _ -> new Backlog()));
        }
        return follower;
    }

    void close() {
        followers.forEach(Follower::close);
    }
}
