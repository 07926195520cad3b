package io.sluice.bus.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// Where a follower reads on in partitions for which its group has committed nothing. That is where it was before its
/// consumer was made anew; else the first record of the time since it began to follow, so that none is passed by
/// which was appended while the group was still being joined, the brokers were away, or the topic was unknown.
final class Starts {
    /// How long the brokers may take to say where something is.
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final long since;
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();

    /// @param since milliseconds since the epoch
    Starts(long since) {
        this.since = since;
    }

    /// This record and all before it are done.
    void passed(TopicPartition partition, long offset) {
        next.put(partition, offset + 1);
    }

    /// Puts the consumer there. Partitions with a committed offset are left as they are.
    ///
    /// @return the places, worth committing so that the next member of the group does not start later
    Map<TopicPartition, OffsetAndMetadata> seek(
            KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> assigned) {
        Set<TopicPartition> uncommitted = new HashSet<>(assigned);
        consumer.committed(Set.copyOf(assigned), LOOK)
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        uncommitted.remove(partition);
                    }
                });
        Set<TopicPartition> unknown = new HashSet<>(uncommitted);
        unknown.removeAll(next.keySet());
        if (!unknown.isEmpty()) {
            find(consumer, unknown);
        }
        Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
        for (TopicPartition partition : uncommitted) {
            Long offset = next.get(partition);
            if (offset != null) {
                consumer.seek(partition, offset);
                places.put(partition, new OffsetAndMetadata(offset));
            }
        }
        return places;
    }

    /// The ends are asked for first: a record that comes after that is either behind its end or found by its time.
    private void find(KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LOOK);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, LOOK);
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp first = found.get(partition);
            next.put(partition, first == null ? end : Math.min(end, first.offset()));
        });
    }
}
