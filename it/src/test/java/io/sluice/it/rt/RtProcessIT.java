package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.FreePorts;
import io.sluice.testkit.RawWebSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scenarios S14 and S15: the commands as processes.
class RtProcessIT {
    private static final Path ROOT = Path.of("..");

    @AutoClose private final FreePorts ports = new FreePorts();
    private final int port = ports.next();
    @TempDir private Path folder;

    private Process start(String name, String variable, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("sluice").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name).toFile());
        builder.environment().put(variable, Integer.toString(port));
        return builder.start();
    }

    private Process startPreset(String name) throws IOException {
        return start(name, "GW_PORT", "run", "--config", ROOT + "/presets/rt.yaml");
    }

    private String output(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private void awaitReady(String name) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> output(name).contains("Sluice is ready"));
    }

    @RepeatedTest(20)
    void s14EchoesOneMessageAndEnds() throws Exception {
        Process echo = start("echo", "ECHO_PORT", "dev-echo");
        try {
            assertThat(echo.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(echo.exitValue()).isZero();
            assertThat(output("echo"))
                    .containsPattern("\\[clientB\\] .*\"message\":\"hello from clientA\"");
        } finally {
            echo.destroyForcibly();
        }
    }

    @Test
    void s15SaysGoodbyeToAllAndEndsInTime() throws Exception {
        Process gateway = startPreset("run");
        List<RtClient> clients = new ArrayList<>();
        try {
            awaitReady("run");
            for (int i = 0; i < 100; i++) {
                clients.add(RtClient.ready(port));
            }
            gateway.destroy();
            for (RtClient client : clients) {
                assertThat(client.socket().readClose().closeCode()).isEqualTo(1001);
                client.socket()
                        .send(
                                RawWebSocket.frame(
                                        RawWebSocket.FIN | RawWebSocket.CLOSE,
                                        RawWebSocket.closing(1001, "")));
            }
            assertThat(gateway.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.exitValue()).isZero();
        } finally {
            clients.forEach(RtClient::close);
            gateway.destroyForcibly();
        }
    }

    @Test
    void s15EndsInTimeAlsoWhenNobodyAnswers() throws Exception {
        Process gateway = startPreset("run");
        List<RtClient> clients = new ArrayList<>();
        try {
            awaitReady("run");
            for (int i = 0; i < 100; i++) {
                clients.add(RtClient.ready(port));
            }
            gateway.destroy();
            assertThat(gateway.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.exitValue()).isZero();
        } finally {
            clients.forEach(RtClient::close);
            gateway.destroyForcibly();
        }
    }

    @Test
    void s15ASecondOneOnTheSamePortSaysSoInOneLine() throws Exception {
        Process first = startPreset("first");
        try {
            awaitReady("first");
            Process second = startPreset("second");
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isNotZero();
            assertThat(output("second").lines())
                    .filteredOn(line -> line.contains(Integer.toString(port)))
                    .hasSize(1);
            assertThat(output("second")).doesNotContain("\tat ");
        } finally {
            first.destroyForcibly();
        }
    }
}
