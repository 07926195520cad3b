package io.sluice.bus.kafka;

import io.sluice.bus.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Our configuration in the words of the client library.
record Settings(KafkaConfig config) {
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LAST_RETRY_MILLIS = 30_000;
    private static final long LAST_RECONNECT_MILLIS = 2000;
    private static final int MOST_RECORDS_AT_ONCE = 100;
    private static final long NEWS_MILLIS = 10_000;

    /// How long a look at the cluster may take.
    static final Duration LOOK = Duration.ofSeconds(3);

    Map<String, Object> producer() {
        KafkaConfig.Producer producer = config.producer();
        Map<String, Object> settings = common();
        connecting(settings, producer.connectTimeout());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(producer.requestTimeout()));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(producer.deliveryTimeout()));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, producer.connectTimeout().toMillis());
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, FIRST_RETRY_MILLIS);
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, LAST_RETRY_MILLIS);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.putAll(config.properties());
        return settings;
    }

    /// A new group starts where [Starts] says; `earliest` is for a place that is not there any more, since the log was cut
    /// or made anew.
    Map<String, Object> consumer(String group) {
        KafkaConfig.Consumer consumer = config.consumer();
        Map<String, Object> settings = common();
        connecting(settings, config.producer().connectTimeout());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS_AT_ONCE);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, NEWS_MILLIS);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(consumer.sessionTimeout()));
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(consumer.heartbeatInterval()));
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(consumer.pollInterval()));
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.putAll(config.properties());
        return settings;
    }

    /// Whether the configuration itself says where a new group starts.
    boolean startsElsewhere() {
        return config.properties().containsKey(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);
    }

    Map<String, Object> admin() {
        Map<String, Object> settings = common();
        connecting(settings, LOOK);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(LOOK));
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(LOOK));
        settings.putAll(config.properties());
        return settings;
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.brokers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.clientId());
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LAST_RECONNECT_MILLIS);
        return settings;
    }

    private static void connecting(Map<String, Object> settings, Duration longest) {
        settings.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, longest.toMillis());
        settings.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
                longest.toMillis());
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
