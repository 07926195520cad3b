package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Chat over nodes that share a real Redis and no services: memberships, and what goes on while Redis is away.
class ChatRedisIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    /// Outlives the gateways of each test.
    @AutoClose private static final RedisProcess redis = RedisProcess.start();

    @BeforeEach
    void forget() {
        redis.ask("FLUSHALL");
    }

    private int node(String chat) {
        return ChatNodes.start(gateways, redis, chat);
    }

    private static String message(String content) {
        return "{\"type\":\"message\",\"payload\":{\"roomId\":\"r\",\"content\":\""
                + content
                + "\"}}";
    }

    @Test
    void strictRoomsAreHeardByMembersOnlyAsEventsToo() {
        String secret = "a secret of more than thirty-two characters";
        RunningGateway gateway =
                gateways.start(
                        """
                        gateway:
                          bus: {redis: {url: '%s', commandTimeout: 20s, probeTimeout: 20s}}
                          auth:
                            jwt: {enabled: true, secret: "%s"}
                          realtime:
                            chat: {enabled: true, strict: true, secret: %s}
                            api:
                              enabled: true
                              publicChannels: ["chat:r2"]
                              userChannels: ["chat:*", "news"]
                              keys: {backend: a-key-for-tests}
                        """
                                .formatted(redis.uri(), secret, ChatTokens.SECRET));
        ChatNodes.awaitRedis(redis, gateway.port());
        redis.ask("SADD", "room:r1:members", "ann");
        String ann =
                "Bearer "
                        + ChatTokens.signed(
                                "HS256", secret, "{\"sub\":\"ann\",\"exp\":4102444800}");
        String bob =
                "Bearer "
                        + ChatTokens.signed(
                                "HS256", secret, "{\"sub\":\"bob\",\"exp\":4102444800}");
        assertThat(events(gateway, "chat:r1", "Authorization: " + ann)).isEqualTo(200);
        assertThat(events(gateway, "chat:r1", "Authorization: " + bob)).isEqualTo(403);
        assertThat(events(gateway, "news&channel=chat:r1", "Authorization: " + bob)).isEqualTo(403);
        assertThat(events(gateway, "news", "Authorization: " + bob)).isEqualTo(200);
        assertThat(events(gateway, "chat:r2")).isEqualTo(401);
        assertThat(events(gateway, "chat:r1", "X-API-Key: a-key-for-tests")).isEqualTo(200);
    }

    private static int events(RunningGateway gateway, String channel, String... fields) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /events?channel=" + channel + " HTTP/1.1", fields);
            return client.head().status();
        }
    }

    @Test
    void strictRoomsAreForMembers() {
        int port = node("strict: true, ");
        redis.ask("SADD", "room:r:members", "alice");
        try (ChatClient alice = ChatClient.in(port, "alice", "r");
                ChatClient bob = ChatClient.open(port, "bob")) {
            bob.join("r");
            assertThat(bob.next())
                    .isEqualTo(
                            "{\"type\":\"error\",\"payload\":{\"message\":\"Not a member of this room\",\"code\":\"NOT_A_MEMBER\"}}");
            bob.send(message("from outside"));
            assertThat(bob.next()).contains("NOT_A_MEMBER");
            alice.send(message("from inside"));
            assertThat(alice.until("from")).contains("from inside");
            bob.hearsNothing();
        }
    }

    @Test
    void whoeverIsTakenOutHearsNothingMore() {
        int one = node("strict: true, ");
        int two = node("strict: true, ");
        redis.ask("SADD", "room:r:members", "alice", "bob");
        try (ChatClient alice = ChatClient.open(one, "alice");
                ChatClient phone = ChatClient.in(two, "alice", "r");
                ChatClient bob = ChatClient.in(two, "bob", "r")) {
            alice.send("{\"type\":\"join\",\"payload\":{\"roomId\":\"r\",\"isARRoom\":true}}");
            alice.until("\"action\":\"joined\",\"userId\":\"alice\"");
            awaitSubscribers("ar-room:r", 1);
            redis.ask("SREM", "room:r:members", "alice");
            redis.ask(
                    "PUBLISH",
                    "room.events",
                    "{\"type\":\"room.member.removed\",\"roomId\":\"r\",\"participantId\":\"alice\",\"members\":[\"bob\"]}");
            String left =
                    "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"r\",\"action\":\"left\",\"userId\":\"alice\",\"members\":[\"bob\"]}}";
            assertThat(alice.until("left")).isEqualTo(left);
            assertThat(phone.until("left")).isEqualTo(left);
            awaitSubscribers("room:r", 1);
            awaitSubscribers("ar-room:r", 0);
            bob.send(message("secret"));
            bob.until("secret");
            alice.hearsNoMore("secret");
            phone.hearsNoMore("secret");
            alice.send(message("from outside"));
            assertThat(alice.next()).contains("NOT_A_MEMBER");
            assertThat(redis.ask("SISMEMBER", "room:r:members", "alice")).isEqualTo("0");
        }
    }

    @Test
    void whoeverWasOnlySaidToBeGoneStaysInAnOpenRoom() {
        int port = node("");
        try (ChatClient alice = ChatClient.in(port, "alice", "r");
                ChatClient bob = ChatClient.in(port, "bob", "r")) {
            redis.ask(
                    "PUBLISH",
                    "room.events",
                    "{\"type\":\"room.member.removed\",\"roomId\":\"r\",\"participantId\":\"alice\",\"members\":[\"bob\"],\"reason\":\"disconnected\"}");
            alice.until("left");
            bob.send(message("still here"));
            alice.until("still here");
        }
    }

    @Test
    void aFormerMemberDoesNotComeBackIntoAStrictRoom() {
        int port = node("strict: true, returnWait: 0s, ");
        redis.ask("SADD", "room:r:members", "bob");
        redis.ask("SADD", "room:other:members", "alice", "bob");
        redis.ask("HSET", "user:alice:room", "r", "1", "other", "1");
        try (ChatClient alice = ChatClient.open(port, "alice");
                ChatClient bob = ChatClient.in(port, "bob", "r")) {
            alice.hearsNothing();
            bob.send(message("secret"));
            bob.until("secret");
            bob.join("other");
            bob.send(message("hello").replace("\"r\"", "\"other\""));
            alice.until("hello");
            bob.send(message("secret again"));
            bob.until("secret again");
            alice.hearsNoMore("secret");
        }
    }

    private static void awaitSubscribers(String topic, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(redis.ask("PUBSUB", "NUMSUB", topic))
                                .isEqualTo("[" + topic + ", " + count + "]"));
    }

    @Test
    void membersOfANodeHearEachOtherWhileRedisIsAway() {
        int port = node("");
        int other = node("");
        try (ChatClient alice = ChatClient.in(port, "alice", "r");
                ChatClient bob = ChatClient.in(port, "bob", "r");
                ChatClient carol = ChatClient.in(other, "carol", "r")) {
            alice.send(message("before"));
            carol.until("before");
            bob.until("before");
            redis.kill();
            alice.send(message("meanwhile"));
            bob.until("meanwhile");
            try (ChatClient dave = ChatClient.open(port, "dave").join("r")) {
                assertThat(dave.until("\"userId\":\"dave\""))
                        .contains("\"members\":[\"alice\",\"bob\",\"dave\"]");
                dave.send(message("newcomer"));
                bob.until("newcomer");
                dave.send("{\"type\":\"leave\",\"payload\":{\"roomId\":\"r\"}}");
                assertThat(bob.until("\"left\""))
                        .contains("\"userId\":\"dave\"", "\"members\":[\"alice\",\"bob\"]");
            }
            redis.restart();
            List<String> heard = new CopyOnWriteArrayList<>();
            Thread reader = Thread.ofVirtual().start(() -> heard.add(carol.until("after")));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        alice.send(message("after"));
                        return !heard.isEmpty();
                    });
            assertThat(reader).isNotNull();
        }
    }

    @Test
    void whoeverTheBookHasLostIsToldToBeThereOnceRedisIsBack() {
        int port = node("");
        try (ChatClient alice = ChatClient.in(port, "alice", "r");
                ChatClient bob = ChatClient.in(port, "bob", "r")) {
            redis.kill();
            redis.restart();
            String back = "\"action\":\"joined\",\"userId\":\"alice\"";
            assertThat(bob.until(back)).contains("\"roomId\":\"r\"");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(redis.ask("SMEMBERS", "room:r:members"))
                                    .contains("alice", "bob"));
            alice.send(message("still here"));
            bob.until("still here");
        }
    }

    @Test
    void whoIsGoneLeavesItsRoomsOnAllNodes() {
        String soon = "presence: {grace: 1s, lease: 6s, refresh: 1s, sweep: 500ms}, ";
        int port = node(soon);
        int other = node(soon);
        try (ChatClient bob = ChatClient.in(other, "bob", "r")) {
            ChatClient alice = ChatClient.in(port, "alice", "r");
            bob.until("\"userId\":\"alice\",\"status\":\"online\"");
            alice.close();
            assertThat(bob.until("offline"))
                    .startsWith(
                            "{\"type\":\"presence\",\"payload\":{\"roomId\":\"r\",\"userId\":\"alice\",\"status\":\"offline\",\"at\":");
            assertThat(bob.until("left"))
                    .isEqualTo(
                            "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"r\",\"action\":\"left\",\"userId\":\"alice\",\"members\":[\"bob\"]}}");
            assertThat(redis.ask("HEXISTS", "presence:room:r", "alice")).isEqualTo("0");
            bob.hearsNoMore("alice");
        }
    }

    @Test
    void whoSaidToBeOfflineLeavesItsRoomsTooWhenItIsGone() {
        int port = node("presence: {grace: 1s, lease: 6s, refresh: 1s, sweep: 500ms}, ");
        try (ChatClient bob = ChatClient.in(port, "bob", "r")) {
            ChatClient alice = ChatClient.in(port, "alice", "r");
            alice.send(
                    "{\"type\":\"presence\",\"payload\":{\"roomId\":\"r\",\"status\":\"offline\"}}");
            bob.until("offline");
            alice.close();
            assertThat(bob.until("left")).contains("\"userId\":\"alice\",\"members\":[\"bob\"]");
            assertThat(redis.ask("SMEMBERS", "room:r:members")).isEqualTo("[bob]");
            bob.hearsNoMore("alice");
        }
    }

    @Test
    void aNodeThatDiesLeavesNoGhost() {
        String soon = "presence: {grace: 1s, lease: 4s, refresh: 1s, sweep: 500ms}, ";
        int other = node(soon);
        try (ChatClient bob = ChatClient.in(other, "bob", "r")) {
            // What a node leaves behind that is killed: leases that nobody renews.
            String end = Long.toString(Long.parseLong(redis.ask("TIME").split("\\D+")[1]) * 1000);
            redis.ask("ZADD", "presence:room:r:exp", end, "ghost");
            redis.ask(
                    "HSET",
                    "presence:room:r",
                    "ghost",
                    "{\"status\":\"online\",\"at\":1,\"conns\":1}");
            assertThat(bob.until("ghost")).contains("\"status\":\"offline\"");
            await().atMost(PATIENCE)
                    .until(() -> redis.ask("HEXISTS", "presence:room:r", "ghost").equals("0"));
        }
    }
}
