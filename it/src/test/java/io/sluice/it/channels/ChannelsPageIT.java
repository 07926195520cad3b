package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Runs what docs/channels.md prints, in its order. `…` in an output stands for anything on its line.
class ChannelsPageIT {
    private static final Path PAGE = Path.of("../docs/channels.md");

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();
    @TempDir private Path directory;

    private record Example(String command, List<String> output) {}

    @Test
    void whatThePagePrintsHappens() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of("/usr/bin/curl", "/bin/curl")
                        .anyMatch(path -> Files.exists(Path.of(path))));
        RunningGateway gateway =
                gateways.startDefault("realtime.api.keys.default=correct-horse-battery");
        List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThan(6);
        assertThat(examples.getFirst().command()).startsWith("curl -N ");

        Path heard = directory.resolve("stream");
        Process stream = run(gateway, examples.getFirst().command(), heard);
        try {
            await().until(() -> Files.readString(heard).contains("event: joined"));
            for (Example example : examples.subList(1, examples.size())) {
                Path said = directory.resolve("said");
                Process call = run(gateway, example.command(), said);
                assertThat(call.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(said)).matches(pattern(example.output(), ""));
            }
            await().untilAsserted(() ->
                    assertThat(Files.readString(heard))
                            .matches(pattern(examples.getFirst().output(), "(?s:.*)")));
        } finally {
            stream.destroy();
            stream.waitFor();
        }
    }

    private static Process run(RunningGateway gateway, String command, Path output)
            throws IOException {
        String there =
                command.replace("localhost:8080", "127.0.0.1:" + gateway.port())
                        .replace("curl ", "exec curl -s --max-time 30 ");
        return new ProcessBuilder("sh", "-c", there).redirectOutput(output.toFile()).start();
    }

    private static Pattern pattern(List<String> lines, String more) {
        return Pattern.compile(
                lines.stream()
                                .map(line ->
                                        Stream.of(line.split("…", -1))
                                                .map(Pattern::quote)
                                                .collect(Collectors.joining(".*")))
                                .collect(Collectors.joining("\n"))
                        + more);
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                examples.add(new Example(line.substring(2), new ArrayList<>()));
            } else if (inside) {
                examples.getLast().output().add(line);
            }
        }
        return examples;
    }
}
