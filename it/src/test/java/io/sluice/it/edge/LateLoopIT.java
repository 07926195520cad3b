package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RawWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// More requests than a loop can do (R30): each keeps it busy for longer than a turn may take, whatever the machine.
class LateLoopIT {
    private static final int CLIENTS = 10;
    private static final String BUSY = "filters: {busy: {millis: 30}}";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Queue<RawResponse> answers = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        origin.close();
    }

    private RunningGateway start(String delay) {
        String text =
                GatewayText.of(origin)
                        .rule("busy", "/busy", BUSY)
                        .section("realtime: {rt: {enabled: true, path: /rt}}")
                        .text();
        return gateways.start(
                text,
                "loops=1",
                "health.enabled=true",
                "router.maxLoopDelay=" + delay,
                "router.maxLoopDelayForStreams=20ms");
    }

    private static RawResponse handshake(RunningGateway gateway) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawWebSocket.ask(client, "/rt");
            return client.head();
        }
    }

    private void ask(RunningGateway gateway, int most) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < most && !enough.get(); i++) {
                answers.add(client.request("GET /busy HTTP/1.1").response());
            }
        }
    }

    private List<Future<?>> crowd(ExecutorService threads, RunningGateway gateway, int most) {
        List<Future<?>> crowd = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            crowd.add(threads.submit(() -> ask(gateway, most)));
        }
        return crowd;
    }

    private long count(int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    @Test
    void whatALoopCannotDoInTimeIsToldWhenToComeBack() throws Exception {
        RunningGateway gateway = start("20ms");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> crowd = crowd(threads, gateway, Integer.MAX_VALUE);
            try {
                await().until(() -> count(503) >= 3 * CLIENTS && count(200) >= CLIENTS);
                assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
            } finally {
                enough.set(true);
            }
            for (Future<?> one : crowd) {
                one.get();
            }
        }

        assertThat(count(200) + count(503)).isEqualTo(answers.size());
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 503)
                .allSatisfy(answer -> {
                    assertThat(answer.header("Retry-After")).isEqualTo("1");
                    assertThat(answer.text()).contains("\"error\":\"unavailable\"");
                });
        await().until(() -> gateway.get("/busy").statusCode() == 200);
    }

    @Test
    void socketsAreToldSoBeforeTheyOpen() throws Exception {
        RunningGateway gateway = start("0");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> crowd = crowd(threads, gateway, Integer.MAX_VALUE);
            try {
                await().until(() -> {
                    RawResponse answer = handshake(gateway);
                    return answer.status() == 503 && "1".equals(answer.header("Retry-After"));
                });
            } finally {
                enough.set(true);
            }
            for (Future<?> one : crowd) {
                one.get();
            }
        }

        assertThat(count(200)).isEqualTo(answers.size());
        await().until(() -> handshake(gateway).status() == 101);
    }

    @Test
    void withoutABoundEverybodyWaits() throws Exception {
        RunningGateway gateway = start("0");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> one : crowd(threads, gateway, 4)) {
                one.get();
            }
        }

        assertThat(count(200)).isEqualTo(4 * CLIENTS);
    }
}
