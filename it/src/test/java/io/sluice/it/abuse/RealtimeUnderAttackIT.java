package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RawWebSocket;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The process after everything at once on its WebSockets (R18 to R22, R29, G1 to G5): a small heap is enough for 20
/// attackers of each kind, each is ended with the code the contract names and counted by its reason, honest clients are
/// served meanwhile, and afterwards memory, descriptors and connections are where they were.
@Timeout(900)
class RealtimeUnderAttackIT {
    private static final int ATTACKERS = 20;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int DISTINCT = 50_000;

    @TempDir private Path folder;

    private static String config(String more) {
        return """
        gateway:
          metrics: {enabled: true}
          accessLog: {enabled: true}
          realtime:
            websocket:
              messageTimeout: 6s
              closeTimeout: 12s
              pingInterval: 15s
              pongTimeout: 5s
              compression: {enabled: true}
            history:
              "chat:*": {size: 100}
              "rt:*": {size: 100}
            rt: {enabled: true, orphanSessionTtl: 1s}
            chat: {enabled: true, secret: %s, presence: {grace: 1s}}
        """
                        .formatted(ChatTokens.SECRET)
                + more.indent(4);
    }

    @Test
    void everyAttackEndsAsItShouldAndLeavesNothingBehind() throws Exception {
        try (GatewayProcess gateway = new GatewayProcess(folder, config(""));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            WebSocketAttacks attacks = new WebSocketAttacks(gateway.port());
            for (int i = 0; i < 200; i++) {
                assertThat(serves(attacks)).isTrue();
            }
            double memory = gateway.memory();
            double descriptors = gateway.metric("process_open_fds");
            List<RawWebSocket> zombies = zombies(attacks);
            Map<String, List<Future<Integer>>> running = new TreeMap<>();
            for (int i = 0; i < ATTACKERS; i++) {
                for (WebSocketAttacks.Attack attack : attacks.all()) {
                    running.computeIfAbsent(
                                    attack.name() + " " + attack.code(), _ -> new ArrayList<>())
                            .add(threads.submit(attack.action()));
                }
            }
            int asked = 0;
            int served = 0;
            while (asked < 100 || running.values().stream().anyMatch(any -> !areDone(any))) {
                asked++;
                served += serves(attacks) ? 1 : 0;
            }
            assertThat(served).isGreaterThanOrEqualTo(asked * 99 / 100);
            assertThat(gateway.alive()).isTrue();
            for (Map.Entry<String, List<Future<Integer>>> kind : running.entrySet()) {
                for (Future<Integer> one : kind.getValue()) {
                    assertThat(kind.getKey()).endsWith(" " + one.get());
                }
            }
            assertCounted(gateway);
            zombies.forEach(RawWebSocket::close);
            assertNothingIsLeft(gateway, descriptors, memory);
            assertThat(gateway.metric("gateway_realtime_histories_dropped_total")).isPositive();
            assertThat(gateway.text()).doesNotContain("\tat ", "OutOfMemory");
        }
    }

    private static boolean areDone(List<Future<Integer>> some) {
        return some.stream().allMatch(Future::isDone);
    }

    /// Connects, enters a group and hears its own words.
    private static boolean serves(WebSocketAttacks attacks) {
        try (RawWebSocket socket = attacks.rt()) {
            socket.text("{\"type\":\"identify\",\"payload\":{\"groupId\":\"probe\"}}");
            socket.text("{\"type\":\"data_update\",\"ts\":1,\"payload\":\"echo\"}");
            RawWebSocket.Frame frame = socket.read();
            while (!frame.text().contains("echo") && frame.opcode() != RawWebSocket.CLOSE) {
                frame = socket.read();
            }
            return frame.opcode() == RawWebSocket.TEXT;
        } catch (UncheckedIOException | AssertionError failed) {
            return false;
        }
    }

    /// Clients that read no more: some are in a group in which much is said, some are only silent.
    private static List<RawWebSocket> zombies(WebSocketAttacks attacks) {
        List<RawWebSocket> zombies = new ArrayList<>();
        for (int i = 0; i < ATTACKERS; i++) {
            RawWebSocket reader = attacks.narrow();
            reader.text("{\"type\":\"identify\",\"payload\":{\"groupId\":\"busy\"}}");
            zombies.add(reader);
            zombies.add(attacks.rt());
        }
        return zombies;
    }

    private static void assertCounted(GatewayProcess gateway) {
        for (String reason :
                List.of(
                        "protocol_error",
                        "invalid_payload",
                        "payload_too_large",
                        "policy_violation",
                        "client_timeout",
                        "rate_limit",
                        "slow_consumer",
                        "heartbeat_timeout")) {
            String series = "gateway_realtime_closes_total{face=\"rt\",reason=\"" + reason + "\"}";
            await().untilAsserted(() ->
                    assertThat(gateway.metric(series))
                            .as(reason)
                            .isGreaterThanOrEqualTo(ATTACKERS));
        }
        assertThat(gateway.metric("gateway_rt_session_bytes")).isLessThan(5 * MEBIBYTE);
        assertThat(gateway.metric("gateway_realtime_history_bytes")).isLessThan(9 * MEBIBYTE);
    }

    private static void assertNothingIsLeft(
            GatewayProcess gateway, double descriptors, double memory) {
        await().untilAsserted(() -> {
            assertThat(gateway.metric("gateway_connections_open")).isLessThanOrEqualTo(3);
            for (String face : List.of("rt", "chat")) {
                assertThat(gateway.metric("gateway_realtime_connections{face=\"" + face + "\"}"))
                        .isZero();
            }
            assertThat(gateway.metric("process_open_fds")).isLessThanOrEqualTo(descriptors + 8);
            assertThat(gateway.metric("gateway_rt_groups")).isZero();
            assertThat(gateway.metric("gateway_rt_sessions")).isZero();
        });
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(
                        () -> assertThat(gateway.memory()).isLessThan(memory + 16 * MEBIBYTE));
    }

    @Test
    void fiftyThousandGroupsSessionsAndRoomsLeaveNothingBehind() throws Exception {
        String unhurried = "limits: {framesPerSecond: 0}";
        try (GatewayProcess gateway = new GatewayProcess(folder, config(unhurried))) {
            WebSocketAttacks clients = new WebSocketAttacks(gateway.port());
            for (int i = 0; i < 200; i++) {
                assertThat(serves(clients)).isTrue();
            }
            double memory = gateway.memory();
            double descriptors = gateway.metric("process_open_fds");
            try (RawWebSocket rt = clients.rt();
                    RawWebSocket chat = clients.chat("alice")) {
                for (int from = 0; from < DISTINCT; from += 100) {
                    for (int i = from; i < from + 100; i++) {
                        rt.text(group(i)).text(session(i));
                        chat.text(room("join", i)).text(room("leave", i));
                    }
                    answered(rt, "{\"type\":\"over\"}", "Unsupported signal: over");
                    answered(chat, "{\"type\":\"ping\"}", "{\"type\":\"pong\"}");
                }
                for (int i = 0; i < 10_000; i++) {
                    chat.text(room("join", i));
                    if (i % 100 == 99) {
                        answered(chat, "{\"type\":\"ping\"}", "{\"type\":\"pong\"}");
                    }
                }
                chat.text(room("join", DISTINCT));
                answered(chat, "{\"type\":\"ping\"}", "TOO_MANY_ROOMS");
            }
            assertThat(gateway.page("/metrics").lines().filter(line -> !line.startsWith("#")))
                    .hasSizeLessThanOrEqualTo(5_000);
            assertNothingIsLeft(gateway, descriptors, memory);
            await().untilAsserted(() ->
                    assertThat(gateway.metric("gateway_realtime_history_bytes"))
                            .isLessThan(9 * MEBIBYTE));
            assertThat(gateway.text()).doesNotContain("\tat ", "OutOfMemory");
        }
    }

    private static String group(int number) {
        return "{\"type\":\"identify\",\"payload\":{\"groupId\":\"group-" + number + "\"}}";
    }

    private static String session(int number) {
        return "{\"type\":\"data_update\",\"sessionId\":\"session-"
                + number
                + "\",\"payload\":{\"meta\":{\"label\":\"x\"}}}";
    }

    private static String room(String type, int number) {
        return "{\"type\":\"" + type + "\",\"roomId\":\"room-" + number + "\"}";
    }

    /// Asks, and reads up to the answer.
    private static void answered(RawWebSocket socket, String question, String answer) {
        socket.text(question);
        RawWebSocket.Frame frame = socket.read();
        while (!frame.text().contains(answer)) {
            assertThat(frame.opcode()).isNotEqualTo(RawWebSocket.CLOSE);
            if (frame.opcode() == RawWebSocket.PING) {
                socket.pong();
            }
            frame = socket.read();
        }
    }
}
