package io.sluice.it.abuse;

import static io.sluice.testkit.RawWebSocket.FIN;
import static io.sluice.testkit.RawWebSocket.TEXT;
import static io.sluice.testkit.RawWebSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.time.Ticker;
import io.sluice.testkit.RawWebSocket;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// More than can be delivered, for as long as it lasts (R30): senders that wait for nobody fill a room whose members take
/// it fast or slowly, so whatever the gateway can do, more is asked of it. A small heap is enough, whoever does not keep
/// up is ended, and those in other rooms lose nothing. `-Dsluice.overload.seconds=30` for the whole row.
@Timeout(300)
class RealtimeOverloadIT {
    private static final long NANOS =
            1_000_000_000L * Integer.getInteger("sluice.overload.seconds", 6);
    private static final int SENDERS = 6;
    private static final int READERS = 12;
    private static final int SLOW = 24;
    private static final int CALM = 4;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration PACE = Duration.ofMillis(50);

    private static final String CONFIG =
            """
            gateway:
              metrics: {enabled: true}
              realtime:
                limits: {framesPerSecond: 0}
                websocket: {pingInterval: 0s, closeTimeout: 2s}
                rt: {enabled: true, heartbeatTimeout: 0}
            """;

    @TempDir private Path folder;

    private final Ticker ticker = Ticker.system();
    private long end;

    private boolean lasts() {
        return end - ticker.nanos() > 0;
    }

    private static String said(String group, String what) {
        return "{\"type\":\"data_update\",\"ts\":1,\"groupId\":\""
                + group
                + "\",\"payload\":\""
                + what
                + "\"}";
    }

    private static RawWebSocket in(String group, RawWebSocket socket) {
        socket.text("{\"type\":\"identify\",\"payload\":{\"groupId\":\"" + group + "\"}}");
        return socket;
    }

    /// Sends as fast as it is read, and hears nothing, as it is in no group.
    private void flood(Supplier<RawWebSocket> clients) {
        byte[] frame = frame(FIN | TEXT, said("busy", "x".repeat(1000)));
        again(clients, socket -> socket.send(frame));
    }

    /// Whoever is ended comes back.
    private void again(Supplier<RawWebSocket> clients, Deed deed) {
        while (lasts()) {
            try (RawWebSocket socket = clients.get()) {
                while (lasts()) {
                    deed.act(socket);
                }
            } catch (UncheckedIOException | AssertionError ended) {
                // By the gateway; what for is counted there.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @FunctionalInterface
    private interface Deed {
        void act(RawWebSocket socket) throws InterruptedException;
    }

    private static void read(RawWebSocket socket) {
        if (socket.read().opcode() == RawWebSocket.CLOSE) {
            throw new AssertionError("closed");
        }
    }

    private static void readSlowly(RawWebSocket socket) throws InterruptedException {
        read(socket);
        Thread.sleep(PACE);
    }

    /// Two in a room of their own: what one says both hear, all of it and in order.
    ///
    /// @return how much it was
    private int talk(WebSocketAttacks clients, String group) {
        try (RawWebSocket one = in(group, clients.rt());
                RawWebSocket other = in(group, clients.rt())) {
            next(other, "\"ready\",\"ts\"", "\"presence\"");
            int number = 0;
            while (lasts() || number == 0) {
                String text = said(group, "word " + ++number);
                one.text(text);
                assertThat(next(one, "data_update")).isEqualTo(text);
                assertThat(next(other, "data_update")).isEqualTo(text);
            }
            return number;
        }
    }

    private static String next(RawWebSocket socket, String... parts) {
        String text = socket.readText();
        while (!List.of(parts).stream().allMatch(text::contains)) {
            text = socket.readText();
        }
        return text;
    }

    @Test
    void whoeverKeepsUpIsServedAndTheRestIsEnded() throws Exception {
        try (GatewayProcess gateway = new GatewayProcess(folder, CONFIG);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            WebSocketAttacks clients = new WebSocketAttacks(gateway.port());
            for (int i = 0; i < 100; i++) {
                talk(clients, "before");
            }
            double memory = gateway.memory();
            end = ticker.nanos() + NANOS;
            List<Future<?>> crowd = new ArrayList<>();
            for (int i = 0; i < SLOW; i++) {
                crowd.add(
                        threads.submit(() ->
                                again(
                                        () -> in("busy", clients.narrow()),
                                        RealtimeOverloadIT::readSlowly)));
            }
            for (int i = 0; i < READERS; i++) {
                crowd.add(
                        threads.submit(() ->
                                again(() -> in("busy", clients.rt()), RealtimeOverloadIT::read)));
            }
            for (int i = 0; i < SENDERS; i++) {
                crowd.add(threads.submit(() -> flood(clients::rt)));
            }
            List<Future<Integer>> calm = new ArrayList<>();
            for (int i = 0; i < CALM; i++) {
                String group = "calm-" + i;
                calm.add(threads.submit(() -> talk(clients, group)));
            }
            for (Future<Integer> pair : calm) {
                assertThat(pair.get()).isPositive();
            }
            assertThat(gateway.alive()).isTrue();
            for (Future<?> one : crowd) {
                one.get();
            }
            assertThat(
                            gateway.metric(
                                    "gateway_realtime_closes_total{face=\"rt\",reason=\"slow_consumer\"}"))
                    .isGreaterThanOrEqualTo(SLOW);
            assertThat(talk(clients, "afterwards")).isPositive();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(gateway.metric("gateway_realtime_connections{face=\"rt\"}"))
                                    .isZero());
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(
                            () -> assertThat(gateway.memory()).isLessThan(memory + 16 * MEBIBYTE));
            assertThat(gateway.text()).doesNotContain("\tat ", "OutOfMemory");
        }
    }
}
