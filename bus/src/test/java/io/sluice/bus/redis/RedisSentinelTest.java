package io.sluice.bus.redis;

import static io.sluice.bus.Heard.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Heard;
import io.sluice.bus.Nodes;
import io.sluice.bus.Numbered;
import io.sluice.bus.Portion;
import io.sluice.bus.Position;
import io.sluice.bus.Replay;
import io.sluice.bus.Retention;
import io.sluice.bus.Subscription;
import io.sluice.core.fail.GatewayException;
import io.sluice.testkit.RedisProcess;
import io.sluice.testkit.RedisSentinel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One master, one replica and one Sentinel whose word is enough.
class RedisSentinelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private RedisProcess master;
    private RedisProcess replica;
    private RedisSentinel sentinel;
    private TwoNodes nodes;
    private final String name = Nodes.name("watched");
    private final Heard here = new Heard();
    private final Heard there = new Heard();

    @BeforeEach
    void start() {
        master = RedisProcess.start();
        replica = RedisProcess.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
        await().atMost(PATIENCE)
                .until(() -> replica.ask("INFO", "replication").contains("link_status:up"));
        sentinel = RedisSentinel.over(master);
        // The first Sentinel of the list is not there.
        nodes =
                new TwoNodes(
                        sentinel.uri("127.0.0.1:1"),
                        sentinel.uri(),
                        ", probeInterval: 200ms, probeTimeout: 3s");
        nodes.here().topics().subscribe(name, here);
        nodes.there().topics().subscribe(name, there);
        nodes.awaitBothHear(name, here, there, "begin");
    }

    @AfterEach
    void stop() {
        nodes.close();
        sentinel.close();
        replica.close();
        master.close();
    }

    @Test
    void theBusLivesOnWithTheReplicaWhenTheMasterDies() {
        nodes.here().table().put("kept", "a", "1", Duration.ofHours(1));
        await().atMost(PATIENCE).until(() -> replica.ask("EXISTS", "kept").equals("1"));
        List<String> read = new CopyOnWriteArrayList<>();
        Subscription follower = follow(read);
        master.kill();
        await().atMost(PATIENCE).until(() -> sentinel.master() == replica.port());

        nodes.awaitUp();
        nodes.awaitBothHear(name, here, there, "after");
        assertThat(here.gaps() + there.gaps()).isPositive();
        awaitWritten("after", "2");
        assertThat(nodes.there().table().get("kept", "a")).isEqualTo("1");
        awaitRead(read, "after");
        follower.close();
    }

    @Test
    void theBusFollowsAMasterThatChangesWhileBothLive() {
        List<String> read = new CopyOnWriteArrayList<>();
        Subscription follower = follow(read);
        sentinel.failOver();
        await().atMost(PATIENCE).until(() -> sentinel.master() == replica.port());

        await().atMost(PATIENCE)
                .ignoreException(GatewayException.class)
                .until(() -> {
                    nodes.here().table().put("moved", "f", "1", Duration.ofHours(1));
                    return replica.ask("HGET", "moved", "f").equals("1");
                });
        nodes.awaitUp();
        nodes.awaitBothHear(name, here, there, "moved");
        awaitRead(read, "moved");
        follower.close();
    }

    @Test
    void aNewMasterBeginsAnEpochForItMayNotHaveGotTheLastMessages() {
        Position before = publish("one").join();
        publish("two").join();
        await().atMost(PATIENCE)
                .until(() -> replica.ask("XLEN", "{" + name + "}:kept").equals("2"));
        master.kill();
        await().atMost(PATIENCE).until(() -> sentinel.master() == replica.port());
        nodes.awaitUp();

        Replay replay =
                nodes.there()
                        .numberedTopics()
                        .since(name, before, Portion.of(10))
                        .toCompletableFuture()
                        .join();

        assertThat(replay.recovered()).isFalse();
        assertThat(replay.latest().epoch()).isNotEqualTo(before.epoch());
        publish("three");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(newest().messages().stream().map(RedisSentinelTest::text))
                                .containsExactly("one", "two", "three"));
        assertThat(newest().latest()).isEqualTo(new Position(replay.latest().epoch(), 3));
    }

    private Replay newest() {
        return nodes.there()
                .numberedTopics()
                .newest(name, Portion.of(10))
                .toCompletableFuture()
                .join();
    }

    private static String text(Numbered message) {
        return new String(message.payload(), UTF_8);
    }

    private CompletableFuture<Position> publish(String text) {
        return nodes.here()
                .numberedTopics()
                .publish(name, bytes(text), Retention.STANDARD)
                .toCompletableFuture();
    }

    private Subscription follow(List<String> read) {
        Subscription follower =
                nodes.there()
                        .log()
                        .follow(
                                Set.of(name + ".log"),
                                "readers",
                                record -> read.add(new String(record.value(), UTF_8)));
        awaitRead(read, "first");
        return follower;
    }

    private void awaitRead(List<String> read, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    nodes.here()
                            .log()
                            .append(name + ".log", "", bytes(text))
                            .toCompletableFuture()
                            .join();
                    return read.contains(text);
                });
    }

    private void awaitWritten(String key, String value) {
        await().atMost(PATIENCE)
                .ignoreException(GatewayException.class)
                .until(() -> {
                    nodes.here().table().put(key, "f", value, Duration.ofHours(1));
                    return value.equals(nodes.there().table().get(key, "f"));
                });
    }
}
