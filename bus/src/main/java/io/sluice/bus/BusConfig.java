package io.sluice.bus;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The section `bus`: without any key everything stays in this process.
public record BusConfig(
        @Doc(
                        "Name of this node in the cluster, up to 64 letters, digits, dots, colons, dashes and underscores; made up at each start when not set.")
                @Nullable String node,
        @Doc("The Redis that carries topics, tables, members, leases and counters.")
                RedisConfig redis,
        @Doc("The Kafka that carries logs.") KafkaConfig kafka,
        @Doc("Where logs are kept; auto takes the first of Kafka and Redis that is configured.")
                @Default("auto")
                LogStore log)
        implements Checked {

    /// A node's name stands in heads of messages and in names of leases, between blanks and slashes.
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /// Where logs are kept.
    public enum LogStore {
        AUTO,
        LOCAL,
        REDIS,
        KAFKA
    }

    /// Where logs are kept, never AUTO.
    public LogStore logStore() {
        if (log != LogStore.AUTO) {
            return log;
        }
        if (kafka.configured()) {
            return LogStore.KAFKA;
        }
        return redis.configured() ? LogStore.REDIS : LogStore.LOCAL;
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (node != null && !node.isBlank() && !NODE.matcher(node).matches()) {
            problem.accept(
                    "node",
                    "'"
                            + node
                            + "', expected at most 64 letters, digits, dots, colons, dashes and"
                            + " underscores");
        }
        if (log == LogStore.REDIS && !redis.configured()) {
            problem.accept("log", "redis, but redis.url or redis.host is not set");
        }
        if (log == LogStore.KAFKA && !kafka.configured()) {
            problem.accept("log", "kafka, but kafka.brokers is not set");
        }
    }
}
