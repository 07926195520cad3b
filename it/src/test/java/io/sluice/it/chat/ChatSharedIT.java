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
                assertThat(redis.ask("HGET", "presence:room:r", "bob")).contains("idle");
            }
        }
    }
}
