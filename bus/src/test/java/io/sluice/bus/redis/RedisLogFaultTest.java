package io.sluice.bus.redis;

import static io.sluice.bus.Heard.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.Nodes;
import io.sluice.bus.RecordHandler;
import io.sluice.bus.Subscription;
import io.sluice.core.telemetry.Metrics;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisLogFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String topic = Nodes.name("ingest");
    private final String group = Nodes.name("group");
    private final List<String> got = new CopyOnWriteArrayList<>();
    private final RecordHandler handler = record -> got.add(new String(record.value(), UTF_8));
    private RedisProcess redis;
    private Bus bus;

    @BeforeEach
    void start() {
        redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
        bus = TwoNodes.open(Nodes.name("n"), redis.uri(), TwoNodes.PATIENT, Metrics.unread());
        await().atMost(PATIENCE).until(() -> bus.health().isUp());
    }

    @AfterEach
    void stop() {
        bus.close();
        redis.close();
    }

    @Test
    void recordsNobodyHandledYetSurviveTheServer() {
        Subscription follower = followed();
        follower.close();
        List<String> sent = IntStream.range(0, 50).mapToObj(i -> "r" + i).toList();
        for (String text : sent) {
            bus.log().append(topic, "k", bytes(text)).toCompletableFuture().join();
        }

        redis.kill();
        redis.restart();
        await().atMost(PATIENCE).until(() -> bus.health().isUp());
        Subscription next = bus.log().follow(Set.of(topic), group, handler);

        await().atMost(PATIENCE).until(() -> got.size() >= sent.size());
        assertThat(got).isEqualTo(sent);
        next.close();
    }

    @Test
    void aFollowerGoesOnWhenTheServerIsBack() {
        Subscription follower = followed();
        redis.kill();
        await().atMost(PATIENCE).until(() -> !bus.health().isUp());
        redis.restart();
        await().atMost(PATIENCE).until(() -> bus.health().isUp());

        bus.log().append(topic, "k", bytes("after")).toCompletableFuture().join();

        await().atMost(PATIENCE).until(() -> got.contains("after"));
        follower.close();
    }

    @Test
    void aStreamThatTheServerLostIsFollowedFromItsNewBeginning() {
        Subscription follower = followed();
        redis.ask("DEL", topic);

        bus.log().append(topic, "k", bytes("after")).toCompletableFuture().join();

        await().atMost(PATIENCE).until(() -> got.contains("after"));
        follower.close();
    }

    private Subscription followed() {
        Subscription follower = bus.log().follow(Set.of(topic), group, handler);
        await().atMost(PATIENCE)
                .until(() ->
                        redis.ask("EXISTS", topic).equals("1")
                                && redis.ask("XINFO", "GROUPS", topic).contains(group));
        bus.log().append(topic, "k", bytes("first")).toCompletableFuture().join();
        await().atMost(PATIENCE).until(() -> got.contains("first"));
        await().atMost(PATIENCE)
                .until(() -> redis.ask("XPENDING", topic, group).startsWith("[0, "));
        got.clear();
        return follower;
    }
}
