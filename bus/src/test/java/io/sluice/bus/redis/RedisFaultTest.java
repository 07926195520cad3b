package io.sluice.bus.redis;

import static io.sluice.bus.Heard.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.BusHealth;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.Heard;
import io.sluice.bus.Lease;
import io.sluice.bus.Nodes;
import io.sluice.bus.Position;
import io.sluice.bus.Retention;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.telemetry.Metrics;
import io.sluice.testkit.RedisProcess;
import io.sluice.testkit.TcpFault;
import io.sluice.testkit.TcpFaultProxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private RedisProcess redis;
    private TwoNodes nodes;
    private final String name = Nodes.name("fault");
    private final Heard here = new Heard();
    private final Heard there = new Heard();

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        nodes = new TwoNodes(redis.uri(), redis.uri(), ", probeInterval: 200ms, probeTimeout: 3s");
        nodes.here().topics().subscribe(name, here);
        nodes.there().topics().subscribe(name, there);
        awaitBothHear("first");
    }

    @AfterEach
    void stop() {
        nodes.close();
        redis.close();
    }

    @Test
    void eachNodeServesItselfWhileTheServerIsGoneAndTheOthersGetItAfterwards() {
        redis.kill();
        awaitDegraded();
        List<String> sent = IntStream.range(0, 300).mapToObj(i -> "cut off " + i).toList();

        sent.forEach(text -> nodes.here().topics().publish(name, bytes(text)));
        here.awaitTexts(sent.size());
        assertThat(here.texts()).isEqualTo(sent);
        assertThat(there.texts()).isEmpty();

        redis.restart();
        nodes.awaitUp();
        there.awaitTexts(sent.size());
        awaitBothHear("again");
        assertThat(there.gaps()).isZero();
        assertThat(nodes.here().health().status().why()).isEmpty();
    }

    @Test
    void nobodyHearsAHeldMessageTwice() {
        redis.kill();
        awaitDegraded();
        nodes.here().topics().publish(name, bytes("held"));
        nodes.there().topics().publish(name, bytes("also held"));
        here.awaitTexts(1);
        there.awaitTexts(1);

        redis.restart();
        here.awaitTexts(2);
        there.awaitTexts(2);
        nodes.here().topics().publish(name, bytes("held"));
        here.awaitTexts(3);
        there.awaitTexts(3);

        assertThat(here.texts()).containsExactly("held", "also held", "held");
        assertThat(there.texts()).containsExactly("also held", "held", "held");
    }

    @Test
    void theGapIsAnnouncedOnceTheSubscriptionIsBack() {
        redis.kill();
        awaitDegraded();
        redis.restart();
        await().atMost(PATIENCE).until(() -> here.gaps() == 1 && there.gaps() == 1);

        assertThat(redis.ask("PUBSUB", "NUMSUB", name)).isEqualTo("[" + name + ", 2]");
        assertThat(new BusMetrics(nodes.hereMetrics).reconnectsOf("redis")).isEqualTo(1);
    }

    @Test
    void theSubscriptionIsSoonBackAlsoAfterALongOutage() {
        redis.kill();
        awaitDegraded();
        await().pollDelay(Duration.ofSeconds(8)).atMost(PATIENCE).until(() -> true);
        redis.restart();

        // Pauses that double would be as long as the outage by now.
        await().atMost(Duration.ofSeconds(6))
                .until(() -> redis.ask("PUBSUB", "NUMSUB", name).endsWith(", 2]"));
    }

    @Test
    void aServerThatHangsIsFoundOutAndCallsHaveAnEnd() {
        redis.hang();
        try {
            assertThatThrownBy(() -> nodes.here().table().get("any"))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE));
            awaitDegraded();
            nodes.here().topics().publish(name, bytes("local"));
            here.awaitTexts(1);
        } finally {
            redis.resume();
        }
        nodes.awaitUp();
        there.awaitTexts(1);
        awaitBothHear("again");
    }

    @Test
    void publishingIntoAHungServerNeverBlocksAndLosesNothingHere() {
        redis.hang();
        try {
            List<String> sent = IntStream.range(0, 5000).mapToObj(i -> "m" + i).toList();
            sent.forEach(text -> nodes.here().topics().publish(name, bytes(text)));
            here.awaitTexts(sent.size());
            assertThat(here.texts()).isEqualTo(sent);
        } finally {
            redis.resume();
        }
        there.awaitTexts(5000);
    }

    @Test
    void callsFailAtOnceWhileTheServerIsKnownToBeGone() {
        redis.kill();
        awaitDegraded();

        assertThatThrownBy(() -> nodes.here().members().some("any", 1))
                .isInstanceOf(GatewayException.class);
        assertThatThrownBy(() ->
                        nodes.here().leases().take(new Lease("any", "x"), Duration.ofSeconds(1)))
                .isInstanceOf(GatewayException.class);
        assertThat(nodes.here().numberedTopics().latest("any").toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(nodes.here().log().append("any", "", bytes("x")).toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void aSubscriberTheServerThrowsOutComesBackAndSaysThereIsAGap() {
        redis.ask("CLIENT", "KILL", "TYPE", "pubsub");

        await().atMost(PATIENCE).until(() -> here.gaps() > 0 && there.gaps() > 0);
        awaitBothHear("again");
    }

    @Test
    void aPathThatSwallowsEverythingIsFoundOut() {
        try (TcpFaultProxy path = TcpFaultProxy.before(redis.port());
                Bus cutOff = open(path.port())) {
            Heard heard = new Heard();
            cutOff.topics().subscribe(name, heard);
            await().atMost(PATIENCE).until(() -> cutOff.health().isUp());
            path.set(new TcpFault.BlackHole());
            await().atMost(PATIENCE).until(() -> !cutOff.health().isUp());
            cutOff.topics().publish(name, bytes("alone"));
            heard.awaitTexts(1);

            path.set(new TcpFault.Down());
            path.set(new TcpFault.Pass());
            await().atMost(PATIENCE).until(() -> cutOff.health().isUp());
            there.awaitTexts(1);
            assertThat(there.texts()).containsExactly("alone");
        }
    }

    @Test
    void whatCannotBeHeldIsDroppedOldestFirstAndCounted() {
        Metrics metrics = Metrics.unread();
        try (Bus small =
                TwoNodes.open(Nodes.name("small"), redis.uri(), ", bufferMessages: 10", metrics)) {
            Heard heard = new Heard();
            small.topics().subscribe(name, heard);
            await().atMost(PATIENCE).until(() -> small.health().isUp());
            redis.kill();
            await().atMost(PATIENCE).until(() -> !small.health().isUp());
            for (int i = 0; i < 25; i++) {
                small.topics().publish(name, bytes("m" + i));
                heard.awaitTexts(i + 1);
            }
            redis.restart();

            there.awaitTexts(10);
            assertThat(there.texts().getFirst()).isEqualTo("m15");
            assertThat(new BusMetrics(metrics).droppedBy("held")).isEqualTo(15);
        }
    }

    @Test
    void numberedMessagesOfAnOutageAreServedHereUnderAnEpochOfTheirOwn() {
        String topic = Nodes.name("numbered");
        Heard mine = new Heard();
        nodes.here().numberedTopics().subscribe(topic, mine);
        Position before = publish(topic, "before");
        await().atMost(PATIENCE)
                .until(() -> {
                    publish(topic, "settle");
                    return !mine.texts().isEmpty();
                });
        redis.kill();
        awaitDegraded();
        mine.forget();

        Position during = publish(topic, "during");
        assertThat(during.epoch()).isNotEqualTo(before.epoch());
        assertThat(mine.positions()).containsExactly(during);

        redis.restart();
        nodes.awaitUp();
        await().atMost(PATIENCE)
                .until(() ->
                        nodes.there()
                                        .numberedTopics()
                                        .latest(topic)
                                        .toCompletableFuture()
                                        .join()
                                        .offset()
                                > 0);
        assertThat(mine.texts()).containsExactly("during");
    }

    @Test
    void aBusThatStartsWithoutItsServerIsDegradedAndServesItself() {
        redis.kill();
        try (Bus alone = open(redis.port())) {
            assertThat(alone.health().status().state()).isEqualTo(BusHealth.State.DEGRADED);
            Heard heard = new Heard();
            alone.topics().subscribe(name, heard);
            alone.topics().publish(name, bytes("alone"));
            heard.awaitTexts(1);
            redis.restart();
            await().atMost(PATIENCE).until(() -> alone.health().isUp());
        }
    }

    private Position publish(String topic, String text) {
        return nodes.here()
                .numberedTopics()
                .publish(topic, bytes(text), Retention.STANDARD)
                .toCompletableFuture()
                .join();
    }

    private static Bus open(int port) {
        return TwoNodes.open(
                Nodes.name("n"),
                URI.create("redis://127.0.0.1:" + port),
                ", probeInterval: 200ms, probeTimeout: 3s",
                Metrics.unread());
    }

    private void awaitDegraded() {
        await().atMost(PATIENCE)
                .until(() -> !nodes.here().health().isUp() && !nodes.there().health().isUp());
    }

    /// Until both nodes hear what both send; then everything heard is forgotten.
    private void awaitBothHear(String text) {
        nodes.awaitBothHear(name, here, there, text);
        nodes.there().topics().publish(name, bytes("last of " + text));
        String last = "last of " + text;
        await().atMost(PATIENCE)
                .until(() -> here.texts().contains(last) && there.texts().contains(last));
        here.forget();
        there.forget();
    }
}
