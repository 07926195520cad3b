package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.extension.PatientDialectFactory;
import io.sluice.testkit.RawWebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients from whom nothing is read while what they asked for is under way.
class HeldClientIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private RunningGateway start(String silence) {
        return gateways.start(
                """
                gateway:
                  metrics: {enabled: true}
                  realtime:
                    websocket: {pingInterval: 1s, pongTimeout: 1s}
                    dialects:
                      patient: {path: /patient, settings: {silence: %s}}
                """
                        .formatted(silence));
    }

    private static RawWebSocket open(RunningGateway gateway) {
        RawWebSocket socket = RawWebSocket.open(gateway.port(), "/patient");
        socket.client().patience(PATIENCE);
        return socket;
    }

    /// The next frame that is no ping.
    private static RawWebSocket.Frame next(RawWebSocket socket) {
        RawWebSocket.Frame frame = socket.read();
        while (frame.opcode() == RawWebSocket.PING) {
            socket.pong();
            frame = socket.read();
        }
        return frame;
    }

    private static int codeOfClose(RawWebSocket socket) {
        RawWebSocket.Frame frame = next(socket);
        assertThat(frame.opcode()).isEqualTo(RawWebSocket.CLOSE);
        return frame.closeCode();
    }

    @Test
    void whoIsNotReadFromIsNotSilent() {
        RunningGateway gateway = start("PT3S");
        try (RawWebSocket held = open(gateway)) {
            held.text("hold");
            CompletableFuture<Boolean> done = PatientDialectFactory.held();
            try (RawWebSocket silent = open(gateway)) {
                // It came later, so by its end the other has not been heard for longer than may be.
                assertThat(codeOfClose(silent)).isEqualTo(4000);
            }
            held.text("still here");
            done.complete(true);
            assertThat(next(held).text()).isEqualTo("still here");
        }
    }

    @Test
    void whatNeverEndsIsGivenUpAfterTwoSilences() {
        RunningGateway gateway = start("PT1S");
        try (RawWebSocket held = open(gateway)) {
            held.text("hold");
            CompletableFuture<Boolean> _ = PatientDialectFactory.held();
            assertThat(codeOfClose(held)).isEqualTo(1013);
        }
    }

    @Test
    void whoDiesWhileNothingIsReadIsGoneSoon() {
        RunningGateway gateway = start("PT0S");
        try (RawWebSocket held = open(gateway)) {
            held.text("hold");
            CompletableFuture<Boolean> _ = PatientDialectFactory.held();
            assertThat(connections(gateway)).contains("} 1.0");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(connections(gateway)).contains("} 0.0"));
    }

    private static String connections(RunningGateway gateway) {
        return gateway.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("gateway_realtime_connections{face=\"patient\""))
                .findFirst()
                .orElse("");
    }
}
