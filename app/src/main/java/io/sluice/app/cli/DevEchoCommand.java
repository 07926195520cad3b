package io.sluice.app.cli;

import io.sluice.app.wiring.Gateway;
import io.sluice.app.wiring.StartOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `sluice dev-echo`: the whole way of a message in one command. Exit code 0 once the message has arrived.
@Command(
        name = "dev-echo",
        description = {
            "Start a gateway, let two clients meet in a group, and stop.",
            "",
            "Client A sends an update to group-1, client B prints every frame it gets.",
            "ECHO_HOST (127.0.0.1) and ECHO_PORT (4100) say where the gateway listens.%n"
        })
final class DevEchoCommand implements Callable<Integer> {
    private static final String GREETING =
            "{\"type\":\"data_update\",\"payload\":{\"data\":{\"message\":\"hello from clientA\"}}}";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        String host = environment.getOrDefault("ECHO_HOST", "127.0.0.1");
        String port = environment.getOrDefault("ECHO_PORT", "4100");
        Path file = Files.createTempFile("sluice-echo-", ".yaml");
        try {
            Files.writeString(file, configuration(host, port));
            try (Gateway gateway = Gateway.start(new StartOptions(file.toString(), List.of()))) {
                int bound = gateway.addresses().getFirst().getPort();
                return play(URI.create("ws://" + host + ":" + bound + "/rt"));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String configuration(String host, String port) {
        return """
        gateway:
          frontend:
            http: {host: "%s", port: %s}
          realtime:
            rt: {enabled: true}
        """
                .formatted(host, port);
    }

    private int play(URI uri) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (HttpClient http = HttpClient.newHttpClient();
                EchoClient b = EchoClient.connect(http, uri, frame -> print(out, frame));
                EchoClient a = EchoClient.connect(http, uri, _ -> {})) {
            b.join("clientB");
            a.join("clientA");
            a.send(GREETING);
            b.await("data_update");
            return 0;
        } catch (TimeoutException late) {
            spec.commandLine().getErr().println("sluice: " + late.getMessage());
            return 1;
        }
    }

    private static void print(PrintWriter out, String frame) {
        out.println("[clientB] " + frame);
        out.flush();
    }
}
