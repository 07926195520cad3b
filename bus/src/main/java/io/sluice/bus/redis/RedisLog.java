package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.XAddArgs;
import io.sluice.bus.Handling;
import io.sluice.bus.Log;
import io.sluice.bus.RecordHandler;
import io.sluice.bus.Subscription;
import io.sluice.bus.Unavailable;
import io.sluice.core.fail.GatewayException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Logs as streams under the names of the topics, the oldest records dropped beyond a hundred thousand. A topic is one
/// partition: one member of a group has the turn to read it, for as long as it renews it.
final class RedisLog implements Log {
    static final String KEY = "k";
    static final String VALUE = "v";
    private static final long MOST_RECORDS = 100_000;

    private final Link link;
    private final Lettuce lettuce;
    private final Setting setting;
    private final Set<RedisFollower> followers = ConcurrentHashMap.newKeySet();

    RedisLog(Link link, Lettuce lettuce, Setting setting) {
        this.link = link;
        this.lettuce = lettuce;
        this.setting = setting;
    }

    @Override
    public CompletionStage<String> append(String topic, String key, byte[] value) {
        Map<String, byte[]> body = Map.of(KEY, key.getBytes(UTF_8), VALUE, value);
        XAddArgs bounded = XAddArgs.Builder.maxlen(MOST_RECORDS).approximateTrimming();
        try {
            return link.session()
                    .commands()
                    .xadd(topic, bounded, body)
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(setting.limits().commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((_, failure) -> {
                        if (failure == null) {
                            setting.metrics().appended();
                        }
                    })
                    .exceptionallyCompose(
                            _ -> CompletableFuture.failedFuture(Unavailable.because("log")));
        } catch (GatewayException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Subscription follow(Set<String> topics, String group, RecordHandler handler) {
        Handling handling = new Handling(handler, setting.metrics());
        RedisFollower follower =
                new RedisFollower(lettuce, link, setting, group, handling, followers::remove);
        followers.add(follower);
        topics.forEach(follower::start);
        return follower;
    }

    void close() {
        followers.forEach(RedisFollower::close);
    }
}
