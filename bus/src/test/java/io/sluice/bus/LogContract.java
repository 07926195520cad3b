package io.sluice.bus;

import static io.sluice.bus.Heard.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds for logs wherever they are kept.
public abstract class LogContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// A log of one node and of another.
    protected abstract Log here();

    protected abstract Log there();

    @Test
    void recordsOfAKeyComeInOrderWithTheirKeyAndId() {
        String topic = Nodes.name("log").replace(':', '.');
        List<LogRecord> got = new CopyOnWriteArrayList<>();
        Subscription follower = followed(topic, Nodes.name("group"), got::add, got);
        List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();

        sent.forEach(text -> there().append(topic, "room-1", bytes(text)));

        await().atMost(PATIENCE).until(() -> got.size() >= sent.size());
        assertThat(got.stream().map(record -> new String(record.value(), UTF_8))).isEqualTo(sent);
        assertThat(got).allMatch(record -> record.key().equals("room-1"));
        assertThat(got).allMatch(record -> record.topic().equals(topic));
        assertThat(got.stream().map(LogRecord::id).distinct()).hasSize(sent.size());
        follower.close();
    }

    @Test
    void appendingTellsTheId() {
        String topic = Nodes.name("log").replace(':', '.');
        List<LogRecord> got = new CopyOnWriteArrayList<>();
        Subscription follower = followed(topic, Nodes.name("group"), got::add, got);

        String id = here().append(topic, "", bytes("x")).toCompletableFuture().join();

        await().atMost(PATIENCE).until(() -> !got.isEmpty());
        assertThat(got.getFirst().id()).isEqualTo(id);
        assertThat(got.getFirst().key()).isEmpty();
        follower.close();
    }

    @Test
    void everyGroupGetsEachRecordAndEachMemberOnlyItsShare() {
        String topic = Nodes.name("log").replace(':', '.');
        String group = Nodes.name("group");
        List<LogRecord> shared = new CopyOnWriteArrayList<>();
        List<LogRecord> other = new CopyOnWriteArrayList<>();
        Subscription first = followed(topic, group, shared::add, shared);
        Subscription second = there().follow(Set.of(topic), group, shared::add);
        Subscription third = followed(topic, Nodes.name("group"), other::add, other);
        shared.clear();

        for (int i = 0; i < 100; i++) {
            here().append(topic, "", bytes("r" + i));
        }

        await().atMost(PATIENCE).until(() -> other.size() >= 100 && shared.size() >= 100);
        assertThat(other).hasSize(100);
        assertThat(new HashSet<>(shared.stream().map(LogRecord::id).toList())).hasSize(100);
        List.of(first, second, third).forEach(Subscription::close);
    }

    @Test
    void aRecordThatCannotBeHandledIsTriedAgainAndCounts() {
        String topic = Nodes.name("log").replace(':', '.');
        AtomicInteger attempts = new AtomicInteger();
        List<LogRecord> got = new CopyOnWriteArrayList<>();
        RecordHandler failsTwice =
                record -> {
                    if (new String(record.value(), UTF_8).equals("hard")
                            && attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("on purpose");
                    }
                    got.add(record);
                };
        Subscription follower = followed(topic, Nodes.name("group"), failsTwice, got);

        here().append(topic, "k", bytes("hard"));
        here().append(topic, "k", bytes("after"));

        await().atMost(PATIENCE).until(() -> got.size() == 2);
        assertThat(new String(got.getFirst().value(), UTF_8)).isEqualTo("hard");
        follower.close();
    }

    @Test
    void aPoisonRecordIsSetAsideAndBlocksNothing() {
        String topic = Nodes.name("log").replace(':', '.');
        List<LogRecord> got = new CopyOnWriteArrayList<>();
        List<LogRecord> aside = new CopyOnWriteArrayList<>();
        RecordHandler picky =
                new RecordHandler() {
                    @Override
                    public void handle(LogRecord record) throws Exception {
                        if (record.value().length > 0 && record.value()[0] == '{') {
                            throw new BadRecordException("not JSON");
                        }
                        got.add(record);
                    }

                    @Override
                    public void setAside(LogRecord record, Exception why) {
                        aside.add(record);
                        throw new IllegalStateException("on purpose");
                    }
                };
        Subscription follower = followed(topic, Nodes.name("group"), picky, got);

        here().append(topic, "k", bytes("one"));
        here().append(topic, "k", bytes("{bad"));
        here().append(topic, "k", bytes("two"));

        await().atMost(PATIENCE).until(() -> got.size() == 2);
        assertThat(aside).hasSize(1);
        follower.close();
    }

    @Test
    void aRecordInHandWhenItsFollowerClosesIsHandedOutAgain() throws InterruptedException {
        String topic = Nodes.name("log").replace(':', '.');
        String group = Nodes.name("group");
        List<LogRecord> begun = new CopyOnWriteArrayList<>();
        AtomicInteger hang = new AtomicInteger();
        RecordHandler hangs =
                record -> {
                    begun.add(record);
                    if (hang.get() == 1) {
                        new CountDownLatch(1).await();
                    }
                };
        Subscription first = followed(topic, group, hangs, begun);
        hang.set(1);
        here().append(topic, "k", bytes("again"));
        await().atMost(PATIENCE).until(() -> begun.size() == 1);

        first.close();
        List<LogRecord> got = new CopyOnWriteArrayList<>();
        Subscription second = here().follow(Set.of(topic), group, got::add);

        await().atMost(PATIENCE).until(() -> !got.isEmpty());
        assertThat(new String(got.getFirst().value(), UTF_8)).isEqualTo("again");
        second.close();
    }

    /// A follower that is known to follow; what it heard until then is forgotten.
    private Subscription followed(
            String topic, String group, RecordHandler handler, List<LogRecord> got) {
        Subscription follower = here().follow(Set.of(topic), group, handler);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    here().append(topic, "", bytes("settle"));
                    return !got.isEmpty();
                });
        here().append(topic, "", bytes("settled")).toCompletableFuture().join();
        await().atMost(PATIENCE)
                .until(() ->
                        got.stream()
                                .anyMatch(record ->
                                        new String(record.value(), UTF_8).equals("settled")));
        got.clear();
        return follower;
    }
}
