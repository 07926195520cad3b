package io.sluice.bus.redis;

import static io.sluice.bus.Heard.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.BusHealth;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.Heard;
import io.sluice.bus.Nodes;
import io.sluice.bus.Portion;
import io.sluice.bus.Position;
import io.sluice.bus.Replay;
import io.sluice.bus.Retention;
import io.sluice.core.telemetry.Metrics;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that is in reach and does not do what it is asked.
class RedisRefusalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private RedisProcess redis;
    private TwoNodes nodes;
    private final String name = Nodes.name("refused");
    private final Heard here = new Heard();
    private final Heard there = new Heard();

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        nodes = new TwoNodes(redis.uri(), redis.uri(), ", probeInterval: 200ms, probeTimeout: 3s");
        nodes.here().numberedTopics().subscribe(name, here);
        nodes.there().numberedTopics().subscribe(name, there);
        await().atMost(PATIENCE)
                .until(() -> {
                    publish("first");
                    return !here.texts().isEmpty() && !there.texts().isEmpty();
                });
        publish("last");
        await().atMost(PATIENCE)
                .until(() -> here.texts().contains("last") && there.texts().contains("last"));
        here.forget();
        there.forget();
    }

    @AfterEach
    void stop() {
        nodes.close();
        redis.close();
    }

    @Test
    void aServerThatForgotTheScriptsIsToldThemAgain() {
        redis.ask("SCRIPT", "FLUSH");

        publish("one");
        publish("two");

        here.awaitTexts(2);
        there.awaitTexts(2);
        assertThat(here.texts()).containsExactly("one", "two");
        assertThat(there.texts()).containsExactly("one", "two");
    }

    @Test
    void whatAFullServerDoesNotKeepReachesAllNodesAllTheSame() {
        Position before = publish("before");
        here.awaitTexts(1);
        there.awaitTexts(1);
        redis.ask("CONFIG", "SET", "maxmemory", "1");

        Position unkept = publish("unkept");
        publish("also unkept");
        here.awaitTexts(3);
        there.awaitTexts(3);
        assertThat(here.texts()).containsExactly("before", "unkept", "also unkept");
        assertThat(there.texts()).containsExactly("before", "unkept", "also unkept");
        assertThat(unkept.epoch()).isNotEqualTo(before.epoch());
        assertThat(here.positions()).contains(before, unkept);
        assertThat(there.positions()).contains(before, unkept);
        awaitWhy("redis writes: its memory is full");

        redis.ask("CONFIG", "SET", "maxmemory", "0");
        nodes.awaitUp();
        Position after = publish("after");
        assertThat(after).isEqualTo(new Position(before.epoch(), before.offset() + 1));
        Replay kept =
                nodes.there()
                        .numberedTopics()
                        .since(name, before, Portion.of(10))
                        .toCompletableFuture()
                        .join();
        assertThat(kept.messages()).hasSize(1);
    }

    @Test
    void aServerThatBecameAReplicaIsNotWorkedWith() {
        redis.ask("REPLICAOF", "127.0.0.1", "1");
        awaitWhy("redis: it is a replica");
        publish("held");
        here.awaitTexts(1);
        assertThat(there.texts()).isEmpty();

        redis.ask("REPLICAOF", "NO", "ONE");
        nodes.awaitUp();
        there.awaitTexts(1);
        assertThat(here.texts()).containsExactly("held");
        assertThat(there.texts()).containsExactly("held");
    }

    @Test
    void whatAReplicaRefusesIsSentOnceItIsNone() {
        redis.ask("REPLICAOF", "127.0.0.1", "1");
        publish("refused");
        redis.ask("REPLICAOF", "NO", "ONE");

        here.awaitTexts(1);
        there.awaitTexts(1);
        assertThat(here.texts()).containsExactly("refused");
        assertThat(there.texts()).containsExactly("refused");
    }

    /// The connection breaks by the first of both messages, while the other is on its way.
    @Test
    void whatIsRefusedOnAConnectionThatBreaksIsHeardAllTheSame() {
        String denied = Nodes.name("denied");
        Heard mine = new Heard();
        Heard others = new Heard();
        nodes.here().numberedTopics().subscribe(denied, mine);
        nodes.there().numberedTopics().subscribe(denied, others);
        redis.ask("ACL", "SETUSER", "default", "resetkeys", "~*" + name + "*");
        redis.ask("SCRIPT", "FLUSH");
        redis.ask("CLIENT", "PAUSE", "1000", "ALL");

        CompletionStage<Position> forgotten = send(name, "forgotten");
        CompletionStage<Position> refused = send(denied, "refused");
        assertThat(join(refused).offset()).isPositive();
        assertThat(join(forgotten).offset()).isPositive();
        mine.awaitTexts(1);
        others.awaitTexts(1);
        here.awaitTexts(1);
        there.awaitTexts(1);
        assertThat(mine.texts()).containsExactly("refused");
        assertThat(others.texts()).containsExactly("refused");
        assertThat(here.texts()).containsExactly("forgotten");
        assertThat(there.texts()).containsExactly("forgotten");
        assertThat(new BusMetrics(nodes.hereMetrics).droppedBy("refused")).isZero();
    }

    @Test
    void aConnectionThatBreaksIsNotTakenForAServerThatWritesAgain() {
        List<BusHealth.State> seen = new CopyOnWriteArrayList<>();
        try (MeddlingPath path = new MeddlingPath(redis.port());
                Bus node =
                        TwoNodes.open(
                                Nodes.name("n"),
                                path.uri(),
                                ", probeInterval: 200ms",
                                Metrics.unread())) {
            await().atMost(PATIENCE).until(() -> node.health().isUp());
            redis.ask("CONFIG", "SET", "maxmemory", "1");
            await().atMost(PATIENCE).until(() -> !node.health().isUp());
            node.health().watch(status -> seen.add(status.state()));

            path.cutAt("SETRANGE");
            await().atMost(PATIENCE).until(() -> path.cuts() > 2);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aServerThatAlwaysForgetsTheScriptsIsTriedLessAndLessOften() {
        Metrics metrics = Metrics.unread();
        try (MeddlingPath path = new MeddlingPath(redis.port());
                Bus node = TwoNodes.open(Nodes.name("n"), path.uri(), "", metrics)) {
            await().atMost(PATIENCE).until(() -> node.health().isUp());
            path.change(Script.PUBLISH_NUMBERED.digest(), "0".repeat(40));
            long begun = System.nanoTime();
            CompletionStage<Position> place =
                    node.numberedTopics().publish(name, bytes("x"), Retention.STANDARD);
            assertThat(join(place).offset()).isPositive();

            BusMetrics counts = new BusMetrics(metrics);
            await().atMost(PATIENCE).until(() -> counts.reconnectsOf("redis") >= 8);
            // Twice 50, 100, 150 ms and so on, if nothing else took any time.
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(Duration.ofSeconds(3));
        }
    }

    private void awaitWhy(String why) {
        await().atMost(PATIENCE)
                .until(() ->
                        nodes.here().health().status().why().equals(why)
                                && nodes.there().health().status().why().equals(why));
    }

    private Position publish(String text) {
        return join(send(name, text));
    }

    private CompletionStage<Position> send(String topic, String text) {
        return nodes.here().numberedTopics().publish(topic, bytes(text), Retention.STANDARD);
    }

    private static Position join(CompletionStage<Position> place) {
        return place.toCompletableFuture().orTimeout(40, TimeUnit.SECONDS).join();
    }
}
