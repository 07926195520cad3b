package io.sluice.bus.kafka;

import static io.sluice.bus.Heard.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.bus.BusHealth;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.Log;
import io.sluice.bus.LogContract;
import io.sluice.bus.LogRecord;
import io.sluice.bus.Nodes;
import io.sluice.bus.RecordHandler;
import io.sluice.bus.Subscription;
import io.sluice.bus.node.NodeBus;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;
import io.sluice.testkit.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KafkaLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static KafkaBroker broker;
    private static Bus here;
    private static Bus there;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start();
        here = open("", Metrics.unread());
        there = open("", Metrics.unread());
        await().atMost(PATIENCE).until(() -> here.health().isUp() && there.health().isUp());
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        broker.close();
    }

    @Nested
    class LogInKafka extends LogContract {
        @Override
        protected Log here() {
            return here.log();
        }

        @Override
        protected Log there() {
            return there.log();
        }
    }

    @Test
    void aRecordHandledOnceIsNotHandedToTheNextMember() {
        String topic = topic();
        String group = Nodes.name("group");
        List<String> first = new CopyOnWriteArrayList<>();
        Subscription follower = followed(topic, group, first);
        for (int i = 0; i < 20; i++) {
            here.log().append(topic, "k", bytes("done " + i));
        }
        await().atMost(PATIENCE).until(() -> first.contains("done 19"));
        follower.close();

        here.log().append(topic, "k", bytes("next")).toCompletableFuture().join();
        List<String> second = new CopyOnWriteArrayList<>();
        Subscription next = there.log().follow(Set.of(topic), group, into(second));

        await().atMost(PATIENCE).until(() -> !second.isEmpty());
        assertThat(second).containsExactly("next");
        next.close();
    }

    @Test
    void whatIsAppendedSinceAFollowerBeganIsNotLostWhileItsGroupIsJoined() {
        String topic = topic();
        append(topic, "long before").join();
        List<String> got = new CopyOnWriteArrayList<>();
        List<String> sent = IntStream.range(0, 200).mapToObj(i -> "r" + i).toList();

        Subscription follower = here.log().follow(Set.of(topic), Nodes.name("group"), into(got));
        sent.forEach(text -> append(topic, text));

        await().atMost(PATIENCE).until(() -> got.contains("r199"));
        assertThat(got.stream().distinct()).isEqualTo(sent);
        follower.close();
    }

    @Test
    void aBrokerThatRestartsWhileAGroupIsJoinedLosesNothing() {
        String topic = topic();
        List<String> got = new CopyOnWriteArrayList<>();
        List<String> sent = IntStream.range(0, 200).mapToObj(i -> "r" + i).toList();

        Subscription follower = here.log().follow(Set.of(topic), Nodes.name("group"), into(got));
        sent.subList(0, 100).forEach(text -> append(topic, text));
        broker.kill();
        sent.subList(100, 200).forEach(text -> append(topic, text));
        broker.restart();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(got.stream().distinct()).isEqualTo(sent));
        follower.close();
    }

    @Test
    void whatIsAppendedBetweenTheMembersOfAGroupThatHandledNothingYetIsNotLost() throws Exception {
        String topic = topic();
        String group = Nodes.name("group");
        append(topic, "long before").join();
        Subscription first =
                here.log().follow(Set.of(topic), group, into(new CopyOnWriteArrayList<>()));
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() ->
                            admin.listConsumerGroupOffsets(group)
                                            .partitionsToOffsetAndMetadata()
                                            .get()
                                            .get(partition)
                                    != null);
        }
        first.close();
        append(topic, "in between").join();

        List<String> got = new CopyOnWriteArrayList<>();
        Subscription next = there.log().follow(Set.of(topic), group, into(got));
        append(topic, "last").join();

        await().atMost(PATIENCE).until(() -> got.contains("last"));
        assertThat(got.stream().distinct()).containsExactly("in between", "last");
        next.close();
    }

    @Test
    void recordsAppendedWhileTheBrokerIsKilledAllArriveInOrder() {
        String topic = topic();
        List<String> got = new CopyOnWriteArrayList<>();
        Subscription follower = followed(topic, Nodes.name("group"), got);
        List<CompletableFuture<String>> ids = new ArrayList<>();
        List<String> sent = IntStream.range(0, 600).mapToObj(i -> "r" + i).toList();

        sent.subList(0, 200).forEach(text -> ids.add(append(topic, text)));
        broker.kill();
        sent.subList(200, 400).forEach(text -> ids.add(append(topic, text)));
        await().atMost(PATIENCE).until(() -> !here.health().isUp());
        assertThat(here.health().status().state()).isEqualTo(BusHealth.State.DEGRADED);
        broker.restart();
        sent.subList(400, 600).forEach(text -> ids.add(append(topic, text)));

        await().atMost(PATIENCE).until(() -> ids.stream().allMatch(CompletableFuture::isDone));
        assertThat(ids).noneMatch(CompletableFuture::isCompletedExceptionally);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(got.stream().distinct()).isEqualTo(sent));
        await().atMost(PATIENCE).until(() -> here.health().isUp());
        follower.close();
    }

    @Test
    void aRecordForAnUnknownTopicWaitsForTheBrokerLongerThanOneConnectionMay() {
        try (Bus hasty = open(broker.address(), ", connectTimeout: 2s", Metrics.unread())) {
            await().atMost(PATIENCE).until(() -> hasty.health().isUp());
            CompletableFuture<String> id;
            broker.kill();
            try {
                await().atMost(PATIENCE).until(() -> !hasty.health().isUp());
                id = hasty.log().append(topic(), "k", bytes("x")).toCompletableFuture();
                assertThatThrownBy(() -> id.get(4, TimeUnit.SECONDS))
                        .isInstanceOf(TimeoutException.class);
            } finally {
                broker.restart();
            }
            await().atMost(PATIENCE).until(id::isDone);
            assertThat(id).isCompleted();
        }
    }

    @Test
    void aBrokerThatHangsBlocksNobodyWhoAppends() {
        String topic = topic();
        List<String> got = new CopyOnWriteArrayList<>();
        Subscription follower = followed(topic, Nodes.name("group"), got);
        broker.hang();
        try {
            for (int i = 0; i < 1000; i++) {
                append(topic, "r" + i);
            }
            await().atMost(PATIENCE).until(() -> !here.health().isUp());
        } finally {
            broker.resume();
        }
        await().atMost(PATIENCE).until(() -> got.contains("r999"));
        assertThat(got.stream().distinct()).hasSize(1000);
        follower.close();
    }

    @Test
    void moreRecordsThanMayWaitAreRefusedAndCounted() {
        Metrics metrics = Metrics.unread();
        try (Bus small =
                open("localhost:1", ", bufferRecords: 5, connectTimeout: 200ms", metrics)) {
            List<CompletableFuture<String>> ids = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ids.add(small.log().append("any", "", bytes("x")).toCompletableFuture());
            }
            assertThat(ids.subList(5, 8)).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(ids.subList(0, 5)).noneMatch(CompletableFuture::isDone);
            assertThatThrownBy(() -> ids.getLast().join())
                    .hasCauseInstanceOf(GatewayException.class);
            assertThat(new BusMetrics(metrics).droppedBy("records")).isEqualTo(3);
            assertThat(small.health().isUp()).isFalse();
        }
    }

    private static CompletableFuture<String> append(String topic, String text) {
        return here.log().append(topic, "k", bytes(text)).toCompletableFuture();
    }

    private static RecordHandler into(List<String> got) {
        return (LogRecord record) -> got.add(new String(record.value(), UTF_8));
    }

    private static String topic() {
        return Nodes.name("kafka").replace(':', '.');
    }

    private static Subscription followed(String topic, String group, List<String> got) {
        Subscription follower = here.log().follow(Set.of(topic), group, into(got));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    append(topic, "settle").join();
                    return !got.isEmpty();
                });
        append(topic, "settled").join();
        await().atMost(PATIENCE).until(() -> got.contains("settled"));
        got.clear();
        return follower;
    }

    private static Bus open(String more, Metrics metrics) {
        return open(broker.address(), more, metrics);
    }

    private static Bus open(String address, String more, Metrics metrics) {
        String yaml = "bus: {kafka: {brokers: ['" + address + "']" + more + "}}";
        BusConfig config =
                ConfigLoader.of("bus", BusConfig.class).load(ConfigInput.text(yaml)).value();
        return NodeBus.open(Objects.requireNonNull(config), Ticker.system(), metrics);
    }
}
