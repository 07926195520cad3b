package io.sluice.it.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.LogRecord;
import io.sluice.bus.Subscription;
import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The scenarios over two nodes with real Redis and Kafka servers.
@SuppressWarnings("NullAway.Init") // set before the tests
class ChatClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AutoClose private static final ChatServices services = new ChatServices();

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private int one;
    private int two;

    @BeforeEach
    void startNodes() {
        services.redis.ask("FLUSHALL");
        one = gateways.start(services.gateway("")).port();
        two = gateways.start(services.gateway("")).port();
        services.awaitFollowed(one);
    }

    private static String created(String id, String room) {
        return "{\"id\":\"%s\",\"roomId\":\"%s\",\"senderType\":\"human\",\"senderId\":\"user-123\",\"content\":\"Hello!\",\"attachments\":[],\"replyToMessageId\":null,\"reactions\":[],\"createdAt\":\"2024-01-01T00:00:00Z\",\"dedupeKey\":\"d\"}"
                .formatted(id, room);
    }

    @Test
    void c04HandsMessagesToTheServices() {
        try (ChatClient alice = ChatClient.in(one, "alice", "room-123");
                ChatClient bob = ChatClient.flatIn(two, "bob", "room-123")) {
            String message =
                    "{\"type\":\"message\",\"payload\":{\"roomId\":\"room-123\",\"content\":\"Hello!\",\"attachments\":[],\"dedupeKey\":\"k1\"}}";
            alice.send(message);
            LogRecord record = services.ingested("Hello!");
            assertThat(record.topic()).isEqualTo("message.ingest");
            assertThat(record.key()).isEqualTo("room-123");
            assertThat(ChatServices.value(record))
                    .isEqualTo(
                            "{\"roomId\":\"room-123\",\"content\":\"Hello!\",\"senderId\":\"alice\",\"senderType\":\"human\",\"senderName\":\"alice\",\"tempId\":\"k1\",\"attachments\":[],\"dedupeKey\":\"k1\"}");
            alice.hearsNoMore("\"type\":\"message\"");

            try (ChatClient again = ChatClient.in(two, "alice", "room-123")) {
                again.send(message);
                assertThat(again.until("ack")).contains("DUPLICATE", "k1");
            }
            bob.send(
                    "{\"type\":\"message.send\",\"roomId\":\"room-123\",\"content\":\"hi\",\"tempId\":\"t1\"}");
            assertThat(ChatServices.value(services.ingested("\"hi\"")))
                    .isEqualTo(
                            "{\"roomId\":\"room-123\",\"content\":\"hi\",\"senderId\":\"bob\",\"senderType\":\"human\",\"senderName\":\"bob\",\"tempId\":\"t1\",\"dedupeKey\":\"t1\"}");
            assertThat(services.ingestedTimes("Hello!")).isOne();
        }
    }

    @Test
    void c05BringsWhatTheServicesCreatedToAllNodesOnce() {
        List<String> carried = new CopyOnWriteArrayList<>();
        Subscription listener =
                services.bus()
                        .topics()
                        .subscribe(
                                "room:room-123",
                                (_, payload) -> carried.add(new String(payload, UTF_8)));
        listener.ready().toCompletableFuture().join();
        String event = created("msg-123", "room-123");
        try (ChatClient alice = ChatClient.in(one, "alice", "room-123");
                ChatClient bob = ChatClient.flatIn(two, "bob", "room-123");
                ChatClient outside = ChatClient.in(two, "carol", "room-9")) {
            services.create("message.created", "room-123", event);
            assertThat(alice.until("\"type\":\"message\""))
                    .startsWith("{\"type\":\"message\",\"payload\":" + event + ",\"offset\":1,");
            assertThat(bob.until("\"type\":\"message\""))
                    .startsWith("{\"type\":\"message\",\"data\":" + event + ",\"offset\":1,");
            services.create("message.created", "room-123", created("msg-124", "room-123"));
            assertThat(alice.until("\"type\":\"message\"")).contains("msg-124");
            assertThat(bob.until("\"type\":\"message\"")).contains("msg-124");
            alice.hearsNoMore("msg-");
            bob.hearsNoMore("msg-");
            outside.hearsNoMore("msg-");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(carried.stream().map(String::strip))
                                    .contains(event)
                                    .filteredOn(text -> text.contains("\"msg-123\""))
                                    .hasSize(1));
        }
        listener.close();
    }

    @Test
    void anEventOfAnOriginalGatewayReachesItsRoomToo() {
        try (ChatClient alice = ChatClient.in(one, "alice", "room-5")) {
            String event = created("msg-pod", "room-5");
            services.bus().topics().publish("room:room-5", event.getBytes(UTF_8));
            assertThat(alice.until("msg-pod"))
                    .isEqualTo("{\"type\":\"message\",\"payload\":" + event + "}");
        }
    }

    @Test
    void c07LetsGoOfTheTopicWithTheLastMemberOfANode() {
        try (ChatClient alice = ChatClient.in(one, "alice", "room-123");
                ChatClient bob = ChatClient.in(two, "bob", "room-123")) {
            awaitSubscribers("room:room-123", 2);
            alice.send("{\"type\":\"leave\",\"payload\":{\"roomId\":\"room-123\"}}");
            String left =
                    "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"room-123\",\"action\":\"left\",\"userId\":\"alice\",\"members\":[\"bob\"]}}";
            assertThat(alice.until("left")).isEqualTo(left);
            assertThat(bob.until("left")).isEqualTo(left);
            awaitSubscribers("room:room-123", 1);
            services.create("message.created", "room-123", created("later", "room-123"));
            bob.until("later");
            alice.hearsNoMore("later");
        }
        awaitSubscribers("room:room-123", 0);
    }

    private static void awaitSubscribers(String topic, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(services.redis.ask("PUBSUB", "NUMSUB", topic))
                                .isEqualTo("[" + topic + ", " + count + "]"));
    }

    @Test
    void c09LosesNoEarlyFrame() {
        for (int i = 0; i < 50; i++) {
            services.redis.ask("HSET", "user:alice:room", "stored-" + i, "1");
        }
        String token = ChatTokens.of("alice");
        for (int i = 0; i < 200; i++) {
            try (RawClient client = RawClient.connect(one)) {
                ByteArrayOutputStream packet = new ByteArrayOutputStream();
                packet.writeBytes(RawWebSocket.handshake("/chat?token=" + token).getBytes(UTF_8));
                packet.writeBytes(
                        RawWebSocket.frame(
                                RawWebSocket.FIN | RawWebSocket.TEXT,
                                "{\"type\":\"join\",\"roomId\":\"stored-7\"}"));
                client.send(packet.toByteArray());
                ChatClient early = new ChatClient(RawWebSocket.opened(client));
                assertThat(early.until("room.joined")).contains("stored-7", "alice");
                if (i == 0) {
                    services.create("message.created", "x", created("in-9", "stored-9"));
                    early.until("in-9");
                }
            }
        }
    }

    @Test
    void c12TellsWhatTheRoomServiceTells() {
        try (ChatClient alice = ChatClient.flatIn(one, "alice", "room-1");
                ChatClient bob = ChatClient.in(two, "bob", "room-1");
                ChatClient carol = ChatClient.flatIn(two, "carol", "room-9")) {
            services.tell(
                    "{\"type\":\"room.member.added\",\"roomId\":\"room-1\",\"participantId\":\"zoe\",\"members\":[\"alice\",\"bob\",\"zoe\"]}");
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"room.membership\",\"payload\":{\"roomId\":\"room-1\",\"participantId\":\"zoe\",\"action\":\"joined\",\"members\":[\"alice\",\"bob\",\"zoe\"]}}");
            assertThat(bob.until("zoe")).contains("\"action\":\"joined\",\"userId\":\"zoe\"");
            services.tell(
                    "{\"type\":\"room.created\",\"roomId\":\"room-2\",\"createdBy\":\"alice\",\"members\":[],\"timestamp\":\"2024-01-01T00:00:00.000Z\"}");
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"room.created\",\"payload\":{\"roomId\":\"room-2\",\"createdBy\":\"alice\",\"members\":[],\"timestamp\":\"2024-01-01T00:00:00.000Z\"}}");
            services.tell("{\"type\":\"room.deleted\",\"roomId\":\"room-1\"}");
            assertThat(alice.next())
                    .isEqualTo("{\"type\":\"room.deleted\",\"payload\":{\"roomId\":\"room-1\"}}");
            carol.hearsNoMore("room-");
        }
    }

    @Test
    void c14CarriesReactionsRepliesAndStreams() {
        try (ChatClient bob = ChatClient.open(one, "bob")) {
            bob.send("{\"type\":\"join\",\"roomId\":\"room-1\",\"isARRoom\":true}");
            bob.until("room.joined");
            bob.send(
                    "{\"type\":\"message.reaction\",\"roomId\":\"room-1\",\"messageId\":\"m-1\",\"emoji\":\"👍\",\"action\":\"add\"}");
            LogRecord reaction = services.ingested("m-1");
            assertThat(reaction.topic()).isEqualTo("chat.message.reaction.ingested");
            assertThat(ChatServices.value(reaction))
                    .isEqualTo(
                            "{\"roomId\":\"room-1\",\"messageId\":\"m-1\",\"userId\":\"bob\",\"emoji\":\"👍\",\"action\":\"add\"}");
            bob.send(
                    "{\"type\":\"message.reply\",\"roomId\":\"room-1\",\"content\":\"yes\",\"replyToMessageId\":\"m-2\",\"tempId\":\"t9\"}");
            assertThat(ChatServices.value(services.ingested("m-2")))
                    .isEqualTo(
                            "{\"roomId\":\"room-1\",\"senderId\":\"bob\",\"senderType\":\"human\",\"content\":\"yes\",\"replyToMessageId\":\"m-2\",\"senderName\":\"bob\",\"dedupeKey\":\"t9\"}");
            String created =
                    "{\"type\":\"message.reaction.created\",\"messageId\":\"m-1\",\"roomId\":\"room-1\",\"reaction\":{\"userId\":\"bob\",\"emoji\":\"👍\"},\"reactionsSummary\":[{\"emoji\":\"👍\",\"count\":1}]}";
            services.create("chat.message.reaction.created", "", created);
            assertThat(bob.next())
                    .isEqualTo("{\"type\":\"message.reaction.created\",\"data\":" + created + "}");
            String chunk =
                    "\"streamId\":\"s\",\"messageId\":\"m\",\"roomId\":\"room-1\",\"chunk\":\"x\",\"chunkIndex\":0,\"timestamp\":1,\"isFinal\":false}";
            services.create("ar.stream.chunk", "", "{" + chunk);
            assertThat(bob.next())
                    .isEqualTo(
                            "{\"type\":\"ar-stream-chunk\",\"data\":{\"type\":\"ar-stream-chunk\","
                                    + chunk
                                    + "}");
        }
    }

    @Test
    void c17RecoversOverNodes() {
        String epoch;
        try (ChatClient bob = ChatClient.in(one, "bob", "room-7")) {
            services.create("message.created", "room-7", created("m1", "room-7"));
            epoch = bob.until("\"m1\"").replaceAll(".*\"epoch\":\"([^\"]+)\"}$", "$1");
        }
        try (ChatClient alice = ChatClient.in(one, "alice", "room-7")) {
            for (int i = 2; i <= 8; i++) {
                services.create("message.created", "room-7", created("m" + i, "room-7"));
                alice.until("\"m" + i + "\"");
            }
        }
        try (ChatClient bob = ChatClient.open(two, "bob")) {
            bob.send(
                    "{\"type\":\"join\",\"payload\":{\"roomId\":\"room-7\",\"since\":{\"offset\":1,\"epoch\":\""
                            + epoch
                            + "\"}}}");
            assertThat(bob.until("joined")).contains("\"recovered\":true,\"offset\":8");
            for (int i = 2; i <= 8; i++) {
                assertThat(bob.until("\"type\":\"message\"")).contains("\"m" + i + "\"");
            }
            bob.hearsNoMore("\"type\":\"message\"");
        }
    }

    @Test
    void presenceIsSeenOnTheOtherNodeAndKeptUnderTheKnownKeys() {
        try (ChatClient alice = ChatClient.in(one, "alice", "room-8");
                ChatClient bob = ChatClient.in(two, "bob", "room-8")) {
            alice.send(
                    "{\"type\":\"presence\",\"payload\":{\"roomId\":\"room-8\",\"status\":\"typing\"}}");
            assertThat(bob.until("typing"))
                    .startsWith(
                            "{\"type\":\"presence\",\"payload\":{\"roomId\":\"room-8\",\"userId\":\"alice\",\"status\":\"typing\",\"at\":");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(services.redis.ask("HGET", "presence:room:room-8", "alice"))
                                    .startsWith("{\"status\":\"typing\",\"at\":"));
            assertThat(services.redis.ask("SMEMBERS", "room:room-8:members"))
                    .contains("alice", "bob");
            assertThat(Integer.parseInt(services.redis.ask("TTL", "user:alice:room")))
                    .isBetween(200, 300);
            assertThat(services.redis.ask("ZRANGE", "presence:room:room-8:exp", "0", "-1"))
                    .contains("alice", "bob");
            assertThat(services.redis.ask("ZCARD", "conns:user:alice")).isEqualTo("1");
        }
    }
}
