package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.LogRecord;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RawWebSocket;
import io.sluice.testkit.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The preset as a process, with nothing but the variables the original is started with.
class ChatPresetIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path ROOT = Path.of("..");

    @AutoClose private static final ChatServices services = new ChatServices();

    @AutoClose private final FreePorts ports = new FreePorts();
    private final int port = ports.next();
    @TempDir private Path folder;

    private Process start(Map<String, String> variables) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                ROOT.resolve("sluice").toString(),
                                "run",
                                "--config",
                                ROOT + "/presets/chat.yaml")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(variables);
        builder.environment().put("PORT", Integer.toString(port));
        return builder.start();
    }

    private String get(String path) {
        try (RawClient client = RawClient.connect(port)) {
            client.request("GET " + path + " HTTP/1.1");
            RawResponse answer = client.response();
            return answer.status() + " " + answer.text();
        }
    }

    private void awaitHealthy() {
        await().atMost(PATIENCE)
                .until(() -> Files.readString(folder.resolve("output")).contains("is ready"));
        await().atMost(PATIENCE).until(() -> !get("/health").contains("\"status\":\"degraded\""));
    }

    private ChatClient at(String path, String user) {
        return new ChatClient(RawWebSocket.open(port, path + "?token=" + ChatTokens.of(user)));
    }

    @Test
    void theVariablesOfTheReadmeCount() throws IOException {
        String brokers = services.kafka.address() + ",127.0.0.1:" + ports.next();
        Process gateway =
                start(
                        Map.of(
                                "JWT_DEV",
                                ChatTokens.SECRET,
                                "KAFKA_BROKER_URL",
                                brokers,
                                "KAFKA_CLIENT_ID",
                                "chat-7",
                                "REDIS_HOST",
                                "127.0.0.1",
                                "REDIS_PORT",
                                Integer.toString(services.redis.port())));
        try {
            awaitHealthy();
            assertThat(get("/health")).startsWith("200 ");
            try (ChatClient alice = at("/api/realtime", "alice");
                    ChatClient bob = at("/", "bob");
                    ChatClient carol = at("/some/other/path", "carol")) {
                alice.join("room-1");
                assertThat(alice.until("joined")).contains("\"members\":[\"alice\"]");
                bob.send("{\"type\":\"join\",\"roomId\":\"room-1\"}");
                assertThat(bob.until("room.joined")).contains("\"alice\"", "\"bob\"");
                carol.hearsNothing();
                assertThat(services.redis.ask("SMEMBERS", "room:room-1:members"))
                        .contains("alice", "bob");
                alice.send(
                        "{\"type\":\"message\",\"payload\":{\"roomId\":\"room-1\",\"content\":\"Hello preset\",\"dedupeKey\":\"k\"}}");
                LogRecord record = services.ingested("Hello preset");
                assertThat(record.topic()).isEqualTo("message.ingest");
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(300))
                        .until(() -> isTold(bob));
            }
            assertThat(Files.readString(folder.resolve("output"))).doesNotContain("ERROR");
        } finally {
            gateway.destroy();
            await().atMost(PATIENCE).until(() -> !gateway.isAlive());
        }
    }

    /// The gateway follows from the newest record, some time after its start.
    private static boolean isTold(ChatClient bob) {
        services.create(
                "message.created",
                "room-1",
                "{\"id\":\"from-services\",\"roomId\":\"room-1\",\"senderId\":\"s\"}");
        bob.send("{\"type\":\"ping\"}");
        return bob.next().contains("from-services");
    }

    @Test
    void theRoomsMayStandInARedisOfTheirOwn() throws IOException {
        try (RedisProcess rooms = RedisProcess.start()) {
            Process gateway =
                    start(
                            Map.of(
                                    "JWT_DEV",
                                    ChatTokens.SECRET,
                                    "REDIS_HOST",
                                    "127.0.0.1",
                                    "REDIS_PORT",
                                    Integer.toString(services.redis.port()),
                                    "REDIS_ROOM_URL",
                                    rooms.uri().toString()));
            try {
                awaitHealthy();
                services.redis.ask("DEL", "room:room-2:members");
                try (ChatClient alice = at("/api/realtime", "alice")) {
                    alice.join("room-2");
                    alice.until("joined");
                    assertThat(rooms.ask("SMEMBERS", "room:room-2:members")).contains("alice");
                    assertThat(services.redis.ask("EXISTS", "room:room-2:members")).isEqualTo("0");
                    rooms.ask(
                            "PUBLISH",
                            "room.events",
                            "{\"type\":\"room.member.added\",\"roomId\":\"room-2\",\"participantId\":\"zoe\"}");
                    assertThat(alice.until("zoe")).contains("\"joined\"");
                    alice.send(
                            "{\"type\":\"message\",\"payload\":{\"roomId\":\"room-2\",\"content\":\"to itself\"}}");
                    alice.until("to itself");
                    assertThat(services.redis.ask("PUBSUB", "NUMSUB", "room:room-2"))
                            .isEqualTo("[room:room-2, 1]");
                }
            } finally {
                gateway.destroy();
                await().atMost(PATIENCE).until(() -> !gateway.isAlive());
            }
        }
    }
}
