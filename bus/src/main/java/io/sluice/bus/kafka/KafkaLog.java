package io.sluice.bus.kafka;

import io.sluice.bus.BusHealth;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.Handling;
import io.sluice.bus.KafkaConfig;
import io.sluice.bus.Log;
import io.sluice.bus.RecordHandler;
import io.sluice.bus.Subscription;
import io.sluice.core.time.Ticker;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// A log in Kafka. Ids are `partition-offset`. Returns from its constructor at once and connects meanwhile.
public final class KafkaLog implements Log, AutoCloseable {
    private final Settings settings;
    private final BusMetrics metrics;
    private final Ticker ticker;
    private final Watch watch;
    private final Appender appender;
    private final Set<KafkaFollower> followers = ConcurrentHashMap.newKeySet();

    public KafkaLog(KafkaConfig config, Ticker ticker, BusHealth health, BusMetrics metrics) {
        this.settings = new Settings(config);
        this.metrics = metrics;
        this.ticker = ticker;
        this.watch = new Watch(settings, health);
        this.appender = new Appender(settings, config.producer(), watch, ticker, metrics);
        watch.start();
        appender.start();
    }

    @Override
    public CompletionStage<String> append(String topic, String key, byte[] value) {
        return appender.append(topic, key, value);
    }

    @Override
    public boolean inReach() {
        return !watch.isGone();
    }

    @Override
    public Subscription follow(Set<String> topics, String group, RecordHandler handler) {
        KafkaFollower follower =
                new KafkaFollower(
                        settings,
                        Set.copyOf(topics),
                        group,
                        new Handling(handler, metrics),
                        new Starts(ticker.epochMillis()),
                        followers::remove);
        followers.add(follower);
        follower.start();
        return follower;
    }

    /// Sends what waits for at most a second, and lets the followers finish what is in hand for as long. Blocks.
    @Override
    public void close() {
        for (KafkaFollower follower : followers) {
            follower.close();
            follower.awaitEnd();
        }
        appender.close();
        watch.close();
    }
}
