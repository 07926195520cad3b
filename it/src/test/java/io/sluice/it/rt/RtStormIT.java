package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RawWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row R30, and S15 with many: everybody comes back at once, and everybody is told to go.
class RtStormIT {
    private static final int CLIENTS = 2_000;
    private static final int PLACES = 1_500;

    /// Of those that are refused.
    private static final Duration PAUSE = Duration.ofMillis(100);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    /// One client until it has been served.
    ///
    /// @param heard counts clients that got a first answer, whatever it was
    private record Returning(int port, int number, CountDownLatch heard) {

        /// @return how often it was refused
        int come() throws InterruptedException {
            int refused = 0;
            while (!served(refused)) {
                refused++;
                // Nobody who has a place gives it up before all have knocked.
                assertThat(heard.await(2, TimeUnit.MINUTES)).isTrue();
                Thread.sleep(PAUSE);
            }
            return refused;
        }

        private boolean served(int refused) throws InterruptedException {
            try (RawClient client = RawClient.connect(port)) {
                RawWebSocket.ask(client, "/rt");
                RawResponse answer = client.head();
                if (refused == 0) {
                    heard.countDown();
                }
                if (answer.status() == 503) {
                    assertThat(answer.headers().all("Retry-After")).isNotEmpty();
                    return false;
                }
                RawWebSocket socket = RawWebSocket.opened(client, answer);
                assertThat(socket.readText()).startsWith("{\"type\":\"ready\"");
                String group = "\"groupId\":\"g" + number + "\"";
                socket.text(
                        "{\"type\":\"identify\",\"payload\":{\"clientType\":\"a\"," + group + "}}");
                assertThat(socket.readText()).startsWith("{\"type\":\"presence_update\"");
                assertThat(socket.readText()).startsWith("{\"type\":\"ready\"").contains(group);
                String said =
                        "{\"type\":\"data_update\",\"ts\":1,"
                                + group
                                + ",\"payload\":"
                                + number
                                + "}";
                socket.text(said);
                assertThat(socket.readText()).isEqualTo(said);
                assertThat(heard.await(2, TimeUnit.MINUTES)).isTrue();
                return true;
            }
        }
    }

    /// @return how often clients were refused
    private static int storm(int port) throws InterruptedException, ExecutionException {
        CountDownLatch heard = new CountDownLatch(CLIENTS);
        List<Future<Integer>> all = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(new Returning(port, i, heard)::come));
            }
        }
        int refused = 0;
        for (Future<Integer> one : all) {
            refused += one.get();
        }
        return refused;
    }

    @Test
    void r30WhoComesBackWithTooManyOthersIsToldToWaitAndServedInTheEnd() throws Exception {
        RunningGateway gateway =
                gateways.start(
                        Preset.rt(),
                        "frontend.http.maxConnections=" + PLACES,
                        "metrics.enabled=true");
        List<RtClient> members =
                IntStream.range(0, PLACES).mapToObj(i -> RtClient.ready(gateway)).toList();
        members.forEach(member -> member.socket().client().reset());

        int refused = storm(gateway.port());

        assertThat(refused).isGreaterThanOrEqualTo(CLIENTS - PLACES);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        gateway.get("/metrics")
                                .body()
                                .contains("gateway_realtime_connections{face=\"rt\"} 0.0"));
        try (RtClient late = RtClient.ready(gateway)) {
            late.hearsNothing();
        }
    }

    @Test
    void whoIsToldToGoLaterIsServedUntilThen() throws Exception {
        RunningGateway gateway = gateways.start(Preset.rt(), "drainBatch=1", "shutdownTimeout=20s");
        List<RtClient> clients =
                IntStream.range(0, 5).mapToObj(i -> RtClient.in(gateway, "g" + i)).toList();
        Set<RtClient> gone = ConcurrentHashMap.newKeySet();
        CountDownLatch begun = new CountDownLatch(1);
        List<Future<Integer>> heard = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (RtClient client : clients) {
                heard.add(
                        threads.submit(() -> {
                            int updates = updatesUntilClose(client);
                            gone.add(client);
                            begun.countDown();
                            return updates;
                        }));
            }
            Future<?> drained = threads.submit(() -> gateway.gateway().drain());

            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < clients.size(); i++) {
                if (!gone.contains(clients.get(i))) {
                    clients.get(i)
                            .send(
                                    ("{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"g"
                                            + i
                                            + "\",\"payload\":1}"));
                }
            }

            int served = 0;
            for (Future<Integer> one : heard) {
                served += one.get(30, TimeUnit.SECONDS);
            }
            assertThat(served).isPositive();
            drained.get(30, TimeUnit.SECONDS);
        } finally {
            clients.forEach(RtClient::close);
        }
    }

    private static int updatesUntilClose(RtClient client) {
        int updates = 0;
        RawWebSocket.Frame frame = client.socket().read();
        while (frame.opcode() != RawWebSocket.CLOSE) {
            updates += frame.text().startsWith("{\"type\":\"data_update\"") ? 1 : 0;
            frame = client.socket().read();
        }
        assertThat(frame.closeCode()).isEqualTo(1001);
        client.socket().closing();
        return updates;
    }
}
