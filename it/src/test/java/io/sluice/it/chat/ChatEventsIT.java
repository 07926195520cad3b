package io.sluice.it.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Subscription;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the services tell and are told, over two nodes whose clocks of presence are short.
@SuppressWarnings("NullAway.Init") // set before the tests
class ChatEventsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SHORT =
            "presence: {typing: 2s, idle: 5s, grace: 2s, lease: 20s, refresh: 1s, sweep: 500ms}, ";

    @AutoClose private static final ChatServices services = new ChatServices();

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private List<RunningGateway> nodes;
    private int one;
    private int two;

    @BeforeEach
    void startNodes() {
        services.redis.ask("FLUSHALL");
        String chat = SHORT + "announceRooms: everybody, ";
        nodes =
                List.of(
                        gateways.start(services.gateway(chat), "metrics.enabled=true"),
                        gateways.start(services.gateway(chat), "metrics.enabled=true"));
        one = nodes.getFirst().port();
        two = nodes.getLast().port();
        services.awaitFollowed(one);
    }

    /// Over both nodes.
    private double counted(String series) {
        return nodes.stream()
                .flatMap(node -> node.get("/metrics").body().lines())
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void c08CountsWhatCannotBeRead() {
        String unreadable = "gateway_chat_room_events_total{event=\"unreadable\"}";
        String setAside = "gateway_bus_records_set_aside_total{topic=\"message.created\"}";
        try (ChatClient alice = ChatClient.flatIn(one, "alice", "room-1")) {
            services.tell("{bad");
            services.tell("[]");
            services.tell("{\"type\":\"room.member.removed\",\"roomId\":\"room-1\"}");
            services.create("message.created", "room-1", "{bad");
            services.create("message.created", "room-1", "{\"roomId\":\"room-1\"}");
            services.bus().topics().publish("room:room-1", "{bad".getBytes(UTF_8));
            services.create(
                    "message.created",
                    "room-1",
                    "{\"id\":\"good\",\"roomId\":\"room-1\",\"senderId\":\"s\"}");
            alice.until("\"good\"");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(counted(unreadable)).isEqualTo(nodes.size() * 3.0));
            assertThat(counted(setAside)).isEqualTo(2);
        }
    }

    @Test
    void c12TellsEverybodyOfANewRoomAndMembersOfOneWhoLeft() {
        try (ChatClient alice = ChatClient.flatIn(one, "alice", "room-1");
                ChatClient bob = ChatClient.in(two, "bob", "room-1");
                ChatClient carol = ChatClient.flatIn(two, "carol", "room-9")) {
            services.tell(
                    "{\"type\":\"room.created\",\"roomId\":\"room-2\",\"createdBy\":\"zoe\",\"members\":[],\"timestamp\":\"2024-01-01T00:00:00.000Z\"}");
            String created =
                    "{\"type\":\"room.created\",\"payload\":{\"roomId\":\"room-2\",\"createdBy\":\"zoe\",\"members\":[],\"timestamp\":\"2024-01-01T00:00:00.000Z\"}}";
            assertThat(alice.until("room-2")).isEqualTo(created);
            assertThat(carol.until("room-2")).isEqualTo(created);
            assertThat(bob.until("room-2"))
                    .isEqualTo(
                            "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"room-2\",\"action\":\"created\",\"userId\":\"zoe\",\"members\":[]}}");
            services.tell(
                    "{\"type\":\"room.created\",\"roomId\":\"room-3\",\"createdBy\":\"zoe\",\"timestamp\":1704067200000}");
            assertThat(alice.until("room-3"))
                    .contains("\"timestamp\":\"2024-01-01T00:00:00.000Z\"");
            services.tell(
                    "{\"type\":\"room.created\",\"roomId\":\"room-4\",\"createdBy\":\"zoe\"}");
            assertThat(alice.until("room-4"))
                    .isEqualTo(
                            "{\"type\":\"room.created\",\"payload\":{\"roomId\":\"room-4\",\"createdBy\":\"zoe\",\"members\":[]}}");
            services.tell(
                    "{\"type\":\"room.member.removed\",\"roomId\":\"room-1\",\"participantId\":\"alice\",\"members\":[\"bob\"]}");
            assertThat(alice.until("room.membership"))
                    .isEqualTo(
                            "{\"type\":\"room.membership\",\"payload\":{\"roomId\":\"room-1\",\"participantId\":\"alice\",\"action\":\"left\",\"members\":[\"bob\"]}}");
            assertThat(bob.until("\"left\""))
                    .isEqualTo(
                            "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"room-1\",\"action\":\"left\",\"userId\":\"alice\",\"members\":[\"bob\"]}}");
            services.create(
                    "message.created",
                    "room-1",
                    "{\"id\":\"later\",\"roomId\":\"room-1\",\"senderId\":\"s\"}");
            bob.until("later");
            alice.hearsNoMore("later");
        }
    }

    @Test
    void c14BringsReactionsRepliesAndStreamsToTheirRoom() {
        try (ChatClient bob = ChatClient.open(two, "bob")) {
            bob.send("{\"type\":\"join\",\"roomId\":\"room-1\",\"isARRoom\":true}");
            bob.until("room.joined");
            created(
                    bob,
                    "chat.message.reaction.created",
                    "message.reaction.created",
                    "\"messageId\":\"m-1\",\"roomId\":\"room-1\",\"reaction\":{\"userId\":\"bob\",\"emoji\":\"👍\"},\"reactionsSummary\":[{\"emoji\":\"👍\",\"count\":1}]");
            created(
                    bob,
                    "chat.message.reaction.removed",
                    "message.reaction.removed",
                    "\"messageId\":\"m-1\",\"roomId\":\"room-1\",\"userId\":\"bob\",\"reactionsSummary\":[]");
            created(
                    bob,
                    "chat.message.reply.created",
                    "message.reply.created",
                    "\"roomId\":\"room-1\",\"messageId\":\"m-2\",\"replyToMessageId\":\"m-1\",\"replyTo\":{\"id\":\"m-1\",\"senderId\":\"bob\",\"senderType\":\"human\",\"content\":\"yes\"}");
            created(
                    bob,
                    "ar.stream.chunk",
                    "ar-stream-chunk",
                    "\"streamId\":\"s\",\"messageId\":\"m\",\"roomId\":\"room-1\",\"chunk\":\"x\",\"chunkIndex\":0,\"timestamp\":1,\"isFinal\":false");
        }
    }

    /// Fields of an event, with and without its type.
    private static void created(ChatClient bob, String topic, String type, String fields) {
        String data = "{\"type\":\"" + type + "\"," + fields + "}";
        String frame = "{\"type\":\"" + type + "\",\"data\":" + data + "}";
        services.create(topic, "", data);
        assertThat(bob.until(type)).isEqualTo(frame);
        services.create(topic, "", "{" + fields + "}");
        assertThat(bob.until(type)).isEqualTo(frame);
    }

    @Test
    void aUserIsSaidToBeGoneAfterItsLastSocketOnAnyNode() {
        List<String> told = new CopyOnWriteArrayList<>();
        Subscription listener =
                services.bus()
                        .topics()
                        .subscribe(
                                "room.events",
                                (_, payload) -> told.add(new String(payload, UTF_8)));
        listener.ready().toCompletableFuture().join();
        try (ChatClient phone = ChatClient.in(one, "alice", "room-1")) {
            ChatClient.in(two, "alice", "room-1").close();
            // Somebody else whose time of grace begins later and ends later.
            ChatClient.in(two, "zoe", "room-1").close();
            await().atMost(PATIENCE).until(() -> disconnected(told, "zoe") == 1);
            assertThat(disconnected(told, "alice")).isZero();
            phone.hearsNoMore("\"userId\":\"alice\",\"status\":\"offline\"");
        }
        await().atMost(PATIENCE).until(() -> disconnected(told, "alice") == 1);
        assertThat(told)
                .filteredOn(event -> event.contains("alice"))
                .last()
                .asString()
                .startsWith(
                        "{\"type\":\"user.disconnected\",\"userId\":\"alice\",\"timestamp\":\"20");
        listener.close();
    }

    private static long disconnected(List<String> told, String user) {
        return told.stream()
                .filter(event -> event.contains("\"user.disconnected\",\"userId\":\"" + user))
                .count();
    }

    @Test
    void presenceFollowsWhatAUserDoesAndDoesNot() {
        try (ChatClient bob = ChatClient.in(two, "bob", "room-1")) {
            ChatClient alice = ChatClient.in(one, "alice", "room-1");
            assertThat(bob.until("\"presence\"")).contains("\"alice\",\"status\":\"online\"");
            alice.send(
                    "{\"type\":\"presence\",\"payload\":{\"roomId\":\"room-1\",\"status\":\"typing\"}}");
            assertThat(bob.until("\"alice\",\"status\"")).contains("\"typing\"");
            assertThat(bob.until("\"alice\",\"status\"")).contains("\"online\"");
            assertThat(bob.until("\"alice\",\"status\"")).contains("\"idle\"");
            alice.send("{\"type\":\"ping\"}");
            assertThat(bob.until("\"alice\",\"status\"")).contains("\"online\"");
            alice.close();
            assertThat(bob.until("\"alice\",\"status\":\"offline\""))
                    .startsWith(
                            "{\"type\":\"presence\",\"payload\":{\"roomId\":\"room-1\",\"userId\":\"alice\"");
        }
    }
}
