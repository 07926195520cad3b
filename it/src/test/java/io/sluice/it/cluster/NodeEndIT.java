package io.sluice.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.abuse.GatewayProcess;
import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of a node that is killed, and of one that is stopped.
class NodeEndIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AutoClose private final RedisProcess redis = RedisProcess.start();
    @TempDir private Path folder;
    private int nodes;

    private GatewayProcess node(String name, String lease) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        GatewayProcess node =
                new GatewayProcess(
                        own,
                        """
                        gateway:
                          health: {enabled: true, format: full}
                          shutdownTimeout: 30
                          bus: {node: %s, redis: {url: "%s"}}
                          realtime:
                            limits: {connectionsPerUser: 1, lease: %s}
                            rt: {enabled: true}
                            chat:
                              enabled: true
                              secret: %s
                              presence: {grace: 2s, lease: %3$s, refresh: 1s, sweep: 500ms}
                        """
                                .formatted(name, redis.uri(), lease, ChatTokens.SECRET));
        nodes++;
        await().atMost(PATIENCE)
                .until(() ->
                        redis.ask("PUBSUB", "NUMSUB", "sluice:control")
                                        .equals("[sluice:control, " + nodes + "]")
                                && node.page("/health").contains("\"status\":\"healthy\""));
        return node;
    }

    @Test
    void aNodeThatIsKilledLeavesNoGhostLongerThanItsLease() throws IOException {
        try (GatewayProcess one = node("one", "5s");
                GatewayProcess two = node("two", "5s");
                Speaker dashboard = Speaker.dashboard(two.port());
                Speaker bob = Speaker.inRoom(two.port(), "bob", "r")) {
            Speaker alice = Speaker.inRoom(one.port(), "alice", "r");
            bob.until("\"userId\":\"alice\",\"status\":\"online\"");
            Speaker member = Speaker.inGroup(one.port(), "g1");
            assertThat(dashboard.until("g1")).contains("\"status\":\"UP\"");
            assertThat(mayComeIn(two, "alice")).isFalse();

            one.kill();

            assertThat(dashboard.until("g1")).contains("\"status\":\"DOWN\"");
            assertThat(bob.until("\"userId\":\"alice\",\"status\""))
                    .contains("\"status\":\"offline\"");
            assertThat(bob.until("\"action\":\"left\""))
                    .contains("\"userId\":\"alice\",\"members\":[\"bob\"]");
            await().atMost(PATIENCE).until(() -> mayComeIn(two, "alice"));
            bob.hearsNoMore("alice");
            assertThat(redis.ask("SMEMBERS", "room:r:members")).isEqualTo("[bob]");
            assertThat(redis.ask("HKEYS", "presence:room:r")).isEqualTo("[bob]");
            assertThat(redis.ask("ZRANGE", "rt:up", "0", "-1")).isEqualTo("[]");
            alice.close();
            member.close();
        }
    }

    @Test
    void aNodeThatIsStoppedGivesEverythingBackAtOnce() throws IOException {
        try (GatewayProcess one = node("one", "120s");
                GatewayProcess two = node("two", "120s");
                Speaker dashboard = Speaker.dashboard(two.port());
                Speaker bob = Speaker.inRoom(two.port(), "bob", "r")) {
            Speaker alice = Speaker.inRoom(one.port(), "alice", "r");
            Speaker carol = Speaker.inRoom(one.port(), "carol", "r");
            bob.until("\"userId\":\"carol\",\"status\":\"online\"");
            Speaker member = Speaker.inGroup(one.port(), "g1");
            assertThat(dashboard.until("g1")).contains("\"status\":\"UP\"");

            one.terminate();

            assertThat(alice.closeCode()).isEqualTo(1001);
            try (Speaker back = Speaker.chat(two.port(), "alice")) {
                assertThat(back.isLetIn()).isTrue();
                back.say("{\"type\":\"join\",\"payload\":{\"roomId\":\"r\"}}");
                back.until("\"action\":\"joined\",\"userId\":\"alice\"");
                alice.close();
                assertThat(carol.closeCode()).isEqualTo(1001);
                carol.close();
                member.closeCode();
                member.close();
                assertThat(dashboard.until("g1")).contains("\"status\":\"DOWN\"");
                assertThat(bob.until("\"status\":\"offline\"")).contains("carol");
                await().atMost(PATIENCE).until(() -> !one.alive());
                back.hearsNoMore("\"userId\":\"alice\",\"status\":\"offline\"");
                bob.hearsNoMore("\"userId\":\"alice\",\"status\":\"offline\"");
            }
            assertThat(redis.ask("ZRANGE", "rt:groups", "0", "-1")).isEqualTo("[]");
            assertThat(redis.ask("ZRANGE", "conns:user:carol", "0", "-1")).isEqualTo("[]");
        }
    }

    private static boolean mayComeIn(GatewayProcess node, String user) {
        try (Speaker speaker = Speaker.chat(node.port(), user)) {
            return speaker.isLetIn();
        }
    }
}
