package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What nodes of chat know together by a real Redis.
class ChatSharedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @AutoClose private final RedisProcess redis = RedisProcess.start();

    private int node() {
        return ChatNodes.start(gateways, redis, "");
    }

    private static String reaction(String action) {
        return "{\"type\":\"message.reaction\",\"roomId\":\"r\",\"messageId\":\"m-1\",\"emoji\":\"👍\""
                + action
                + "}";
    }

    @Test
    void reactionsOnAllNodesAreCountedTogether() {
        int one = node();
        int two = node();
        try (ChatClient alice = ChatClient.flatIn(one, "alice", "r");
                ChatClient bob = ChatClient.flatIn(two, "bob", "r")) {
            alice.send(reaction(",\"action\":\"add\""));
            assertThat(bob.until("reactionsSummary"))
                    .isEqualTo(
                            "{\"type\":\"message.reaction.created\",\"data\":{\"type\":\"message.reaction.created\",\"messageId\":\"m-1\",\"roomId\":\"r\",\"reaction\":{\"userId\":\"alice\",\"emoji\":\"👍\"},\"reactionsSummary\":[{\"emoji\":\"👍\",\"count\":1}]}}");
            alice.until("reactionsSummary");
            bob.send(reaction(",\"action\":\"add\""));
            assertThat(alice.until("reactionsSummary"))
                    .contains("\"userId\":\"bob\"", "[{\"emoji\":\"👍\",\"count\":2}]");
            bob.until("reactionsSummary");
            try (ChatClient elsewhere = ChatClient.flatIn(two, "alice", "r")) {
                elsewhere.send(reaction(""));
                assertThat(bob.until("reactionsSummary"))
                        .contains(
                                "message.reaction.removed",
                                "\"userId\":\"alice\"",
                                "[{\"emoji\":\"👍\",\"count\":1}]");
            }
        }
    }

    @Test
    void aRoomCalledLikeAKeyOfAnotherDisturbsNobody() {
        int port = node();
        int other = node();
        try (ChatClient carol = ChatClient.in(other, "carol", "r:exp");
                ChatClient mallory = ChatClient.in(port, "mallory", "r:nodes:bob")) {
            mallory.join("r:exp");
            carol.until("\"userId\":\"mallory\",\"status\":\"online\"");
            try (ChatClient alice = ChatClient.in(other, "alice", "r");
                    ChatClient bob = ChatClient.in(port, "bob", "r")) {
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .untilAsserted(() ->
                                assertThat(redis.ask("ZRANGE", "presence:room:r:exp", "0", "-1"))
                                        .contains("alice", "bob"));
                bob.send(
                        "{\"type\":\"presence\",\"payload\":{\"roomId\":\"r\",\"status\":\"idle\"}}");
                alice.until("\"userId\":\"bob\",\"status\":\"idle\"");
                // It is told first and stored at the same time.
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .untilAsserted(() ->
                                assertThat(redis.ask("HGET", "presence:room:r", "bob"))
                                        .contains("idle"));
            }
        }
    }

    @Test
    void whoeverComesInWhileAnotherOfHisConnectionsLeavesIsAMember() {
        int one = node();
        int two = node();
        try (ChatClient phone = ChatClient.open(one, "alice");
                ChatClient laptop = ChatClient.open(two, "alice")) {
            for (int i = 0; i < 12; i++) {
                String room = "r" + i;
                phone.join(room);
                phone.until("\"roomId\":\"" + room);
                phone.send("{\"type\":\"leave\",\"payload\":{\"roomId\":\"" + room + "\"}}");
                laptop.join(room);
                assertThat(laptop.until("\"roomId\":\"" + room + "\",\"action\":\"joined\""))
                        .contains("\"alice\"]");
                phone.until("left");
            }
            for (int i = 0; i < 12; i++) {
                String room = "r" + i;
                await().atMost(PATIENCE)
                        .untilAsserted(() -> {
                            assertThat(redis.ask("SISMEMBER", "room:" + room + ":members", "alice"))
                                    .isEqualTo("1");
                            assertThat(redis.ask("HEXISTS", "user:alice:room", room))
                                    .isEqualTo("1");
                        });
            }
        }
    }

    @Test
    void whoeverLeavesAStrictRoomIsStillAMember() {
        int port = ChatNodes.start(gateways, redis, "strict: true, ");
        redis.ask("SADD", "room:r:members", "alice", "bob");
        try (ChatClient alice = ChatClient.in(port, "alice", "r");
                ChatClient bob = ChatClient.in(port, "bob", "r")) {
            alice.send("{\"type\":\"leave\",\"payload\":{\"roomId\":\"r\"}}");
            assertThat(bob.until("\"left\"")).contains("\"userId\":\"alice\"");
            alice.until("\"left\"");
            assertThat(redis.ask("SISMEMBER", "room:r:members", "alice")).isEqualTo("1");
            alice.join("r");
            alice.until("\"action\":\"joined\",\"userId\":\"alice\"");
            bob.until("\"action\":\"joined\",\"userId\":\"alice\"");
        }
    }

    @Test
    void whoeverIsGoneBeforeItsJoinWasDealtWithIsNoMember() {
        int port = ChatNodes.start(gateways, redis, "presence: {grace: 200ms}, ");
        for (int i = 0; i < 60; i++) {
            try (ChatClient hasty = ChatClient.open(port, "hasty-" + i)) {
                hasty.join("r");
            }
        }
        try (ChatClient alice = ChatClient.in(port, "alice", "r")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(redis.ask("SMEMBERS", "room:r:members"))
                                    .isEqualTo("[alice]"));
            alice.hearsNoMore("nothing in particular");
        }
    }
}
