package io.sluice.it.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.bus.LogRecord;
import io.sluice.bus.node.NodeBus;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;
import io.sluice.testkit.KafkaBroker;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// Real Redis and Kafka servers, and a stand-in for the services of the original at the other end of their topics.
final class ChatServices implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final RedisProcess redis = RedisProcess.start();
    final KafkaBroker kafka = KafkaBroker.start();
    private final Bus bus;
    private final List<LogRecord> ingested = new CopyOnWriteArrayList<>();

    ChatServices() {
        String yaml = "bus: {node: services, " + servers() + "}";
        BusConfig config =
                ConfigLoader.of("bus", BusConfig.class).load(ConfigInput.text(yaml)).value();
        bus = NodeBus.open(Objects.requireNonNull(config), Ticker.system(), Metrics.unread());
        await().atMost(PATIENCE).until(() -> bus.health().isUp());
        bus.log()
                .follow(
                        Set.of(
                                "message.ingest",
                                "chat.message.reaction.ingested",
                                "chat.message.reply.ingested"),
                        "services",
                        ingested::add);
    }

    private String servers() {
        return "redis: {url: '"
                + redis.uri()
                + "', commandTimeout: 20s, probeTimeout: 20s}, kafka: {brokers: ['"
                + kafka.address()
                + "']}";
    }

    /// Configuration of a node.
    ///
    /// @param chat further keys of the face, in flow style, each with a comma behind
    String gateway(String chat) {
        return "gateway: {bus: {"
                + servers()
                + "}, realtime: {chat: {"
                + chat
                + "enabled: true, secret: "
                + ChatTokens.SECRET
                + "}}}";
    }

    /// Waits until a node takes the records of the services: it follows from the newest one.
    void awaitFollowed(int port) {
        try (ChatClient probe = ChatClient.flatIn(port, "probe", "probe")) {
            CompletableFuture<String> heard =
                    CompletableFuture.supplyAsync(() -> probe.until("\"message\""));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        create(
                                "message.created",
                                "probe",
                                "{\"id\":\"p\",\"roomId\":\"probe\",\"senderId\":\"s\"}");
                        return !heard.getNow("").isEmpty();
                    });
        }
    }

    Bus bus() {
        return bus;
    }

    /// Appends a record as the services do.
    void create(String topic, String key, String value) {
        bus.log().append(topic, key, value.getBytes(UTF_8)).toCompletableFuture().join();
    }

    /// Tells a room event.
    void tell(String event) {
        bus.topics().publish("room.events", event.getBytes(UTF_8));
    }

    /// Waits for a record whose value holds this text.
    LogRecord ingested(String text) {
        return await().atMost(PATIENCE)
                .until(
                        () ->
                                ingested.stream()
                                        .filter(one -> value(one).contains(text))
                                        .findFirst()
                                        .orElse(null),
                        found -> found != null);
    }

    long ingestedTimes(String text) {
        return ingested.stream().filter(one -> value(one).contains(text)).count();
    }

    static String value(LogRecord record) {
        return new String(record.value(), UTF_8);
    }

    @Override
    public void close() {
        bus.close();
        kafka.close();
        redis.close();
    }
}
