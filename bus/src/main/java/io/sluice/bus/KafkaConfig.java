package io.sluice.bus;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// The section `bus.kafka`. Not used unless `brokers` is set.
public record KafkaConfig(
        @Doc(
                        "Addresses of brokers, host:port, to find the cluster by; a list, or one text with commas.")
                List<String> brokers,
        @Doc("Name of this client in the logs and limits of the brokers.")
                @Default("realtime-gateway")
                String clientId,
        @Inline Consumer consumer,
        @Inline Producer producer,
        @Doc("More settings of the Kafka client, by its own names, such as those of SASL and TLS.")
                Map<String, String> properties)
        implements Checked {
    private static final Pattern COMMA = Pattern.compile(",");

    public KafkaConfig {
        brokers =
                brokers.stream()
                        .flatMap(COMMA::splitAsStream)
                        .map(String::strip)
                        .filter(broker -> !broker.isEmpty())
                        .toList();
        properties = Map.copyOf(properties);
    }

    /// How records are read.
    public record Consumer(
            @Doc("A consumer not heard of for this long loses its partitions.") @Default("30s")
                    Duration sessionTimeout,
            @Doc("How often a consumer is heard of.") @Default("3s") Duration heartbeatInterval,
            @Doc("Longest time the records of one poll may take to be handled.") @Default("5m")
                    Duration pollInterval,
            @Doc("Pause before a failed consumer starts anew.") @Default("5s")
                    Duration restartPause) {}

    /// How records are written.
    public record Producer(
            @Doc("Longest time to connect to a broker.") @Default("10s") Duration connectTimeout,
            @Doc("Longest time for one request.") @Default("30s") Duration requestTimeout,
            @Doc("Longest time from append to acknowledgement, all retries included.")
                    @Default("2m")
                    Duration deliveryTimeout,
            @Doc("Most records that wait to be sent.") @Default("20000") @Range(min = 1)
                    int bufferRecords) {}

    /// Whether it is to be used.
    public boolean configured() {
        return !brokers.isEmpty();
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (producer.deliveryTimeout().compareTo(producer.requestTimeout()) < 0) {
            problem.accept("deliveryTimeout", "expected at least requestTimeout");
        }
        for (String broker : brokers) {
            if (!broker.matches("[^\\s:,/]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}")) {
                problem.accept("brokers", "'" + broker + "', expected host:port");
            }
        }
    }
}
