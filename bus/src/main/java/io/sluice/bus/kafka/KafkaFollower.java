package io.sluice.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.bus.Handling;
import io.sluice.bus.LogRecord;
import io.sluice.bus.Subscription;
import io.sluice.core.time.Pause;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One member of a group: polls, handles each record to its end, commits the offset behind the last one done. A
/// consumer that fails is made anew after a pause. Records may come twice, but none that was appended since it began
/// to follow is passed by. One virtual thread.
final class KafkaFollower implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Settings settings;
    private final Set<String> topics;
    private final String group;
    private final Handling handling;
    private final Consumer<KafkaFollower> closed;
    private final Thread thread;
    private final Starts starts;

    /// What is done and not committed yet.
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();

    private volatile boolean open = true;

    KafkaFollower(
            Settings settings,
            Set<String> topics,
            String group,
            Handling handling,
            Starts starts,
            Consumer<KafkaFollower> closed) {
        this.settings = settings;
        this.topics = topics;
        this.group = group;
        this.handling = handling;
        this.starts = starts;
        this.closed = closed;
        this.thread = Thread.ofVirtual().name("bus-kafka-follow").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (open) {
            try {
                follow();
                pause = FIRST_PAUSE;
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("group", group)
                        .addKeyValue("why", e.getClass().getSimpleName())
                        .log("A consumer of the log failed and is made anew");
            }
            try {
                if (open) {
                    Pause.of(pause);
                }
            } catch (InterruptedException _) {
                return;
            }
            Duration longest = settings.config().consumer().restartPause();
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(longest) < 0 ? twice : longest;
        }
    }

    private void follow() {
        done.clear();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer(group));
        try {
            consumer.subscribe(topics, new CommitFirst(consumer));
            while (open) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    handling.take(record(record));
                    TopicPartition partition =
                            new TopicPartition(record.topic(), record.partition());
                    starts.passed(partition, record.offset());
                    done.put(partition, new OffsetAndMetadata(record.offset() + 1));
                }
                if (!done.isEmpty()) {
                    consumer.commitAsync(
                            Map.copyOf(done),
                            (offsets, failure) -> committed(consumer, offsets, failure));
                    done.clear();
                }
            }
        } catch (InterruptException | InterruptedException _) {
            // Closed; what is in hand is left to the next member.
        } finally {
            end(consumer);
        }
    }

    /// On the follower's thread, while it polls. What could not be committed is tried again, unless more is done by now.
    private void committed(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable Exception failure) {
        if (failure == null) {
            return;
        }
        notCommitted(failure);
        for (TopicPartition ours : consumer.assignment()) {
            OffsetAndMetadata offset = offsets.get(ours);
            if (offset != null) {
                done.putIfAbsent(ours, offset);
            }
        }
    }

    private void notCommitted(Exception failure) {
        LOG.atDebug()
                .addKeyValue("group", group)
                .addKeyValue("why", failure.getClass().getSimpleName())
                .log("Offsets were not committed; some records may come again");
    }

    private void end(KafkaConsumer<byte[], byte[]> consumer) {
        Thread.interrupted();
        try {
            commit(consumer);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSING));
        }
    }

    private void commit(KafkaConsumer<byte[], byte[]> consumer) {
        if (done.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(Map.copyOf(done), CLOSING);
        } catch (KafkaException e) {
            notCommitted(e);
        }
        done.clear();
    }

    private static LogRecord record(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return new LogRecord(
                record.topic(), key, value, record.partition() + "-" + record.offset());
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        closed.accept(this);
    }

    /// Blocks for at most two seconds and a half.
    void awaitEnd() {
        try {
            thread.join(CLOSING.plus(POLL));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Commits what is done before partitions go to another member, and finds the place to start in new ones.
    private final class CommitFirst implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        CommitFirst(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit(consumer);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!settings.startsElsewhere() && !partitions.isEmpty()) {
                done.putAll(starts.seek(consumer, partitions));
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            done.clear();
        }
    }
}
