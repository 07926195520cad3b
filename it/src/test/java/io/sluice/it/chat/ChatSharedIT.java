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
}
