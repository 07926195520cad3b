package io.sluice.it.chat;

import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;

/// Nodes of chat that share a Redis and no services.
final class ChatNodes {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ChatNodes() {}

    /// Starts one, which has found the server on return.
    ///
    /// @param chat settings of the face, each with a comma behind it
    /// @return its port
    static int start(GatewayExtension gateways, RedisProcess redis, String chat) {
        int port =
                gateways.start(
                                "gateway: {bus: {redis: {url: '"
                                        + redis.uri()
                                        + "', commandTimeout: 20s, probeTimeout: 20s}}, realtime: {chat: {"
                                        + chat
                                        + "enabled: true, secret: "
                                        + ChatTokens.SECRET
                                        + "}}}")
                        .port();
        awaitRedis(redis, port);
        return port;
    }

    /// Until a node has found the server: it starts without.
    static void awaitRedis(RedisProcess redis, int port) {
        await().atMost(PATIENCE)
                .until(() -> {
                    redis.ask("SADD", "room:probe:members", "probe");
                    redis.ask("HSET", "user:probe:room", "probe", "1");
                    try (ChatClient probe = ChatClient.open(port, "probe")) {
                        probe.send("{\"type\":\"leave\",\"roomId\":\"probe\"}");
                        return probe.next().contains("left");
                    }
                });
    }
}
