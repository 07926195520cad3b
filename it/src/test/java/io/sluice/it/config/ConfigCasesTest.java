package io.sluice.it.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.wiring.ConfigLoading;
import io.sluice.app.wiring.RouteRow;
import io.sluice.core.config.Complaint;
import io.sluice.core.config.Complaint.Severity;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Reads every case of `src/test/resources/config`. Comment lines `#env NAME=value` and `#set key=value` before the
/// YAML give it an environment and settings. With `-Dcases.write=true` the part below the ruler is written anew; read
/// the difference before it is committed.
class ConfigCasesTest {
    private static final String RULER = "=".repeat(40) + "\n";
    private static final Path CASES = Path.of("src", "test", "resources", "config");

    @TestFactory
    Stream<DynamicTest> everyCaseSaysWhatItShould() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(CASES)) {
            files = all.filter(file -> file.toString().endsWith(".case")).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        String text = Files.readString(file);
        int ruler = text.indexOf(RULER);
        String yaml = ruler < 0 ? text : text.substring(0, ruler);
        String said = said(yaml);
        if (Boolean.getBoolean("cases.write")) {
            Files.writeString(file, yaml + RULER + said);
        } else {
            assertThat(said).isEqualTo(text.substring(ruler + RULER.length()));
        }
    }

    private static String said(String yaml) {
        Map<String, String> environment = new HashMap<>();
        List<String> settings = new ArrayList<>();
        for (String line : yaml.lines().toList()) {
            if (line.startsWith("#env ")) {
                int equals = line.indexOf('=');
                environment.put(line.substring(5, equals), line.substring(equals + 1));
            } else if (line.startsWith("#set ")) {
                settings.add(line.substring(5));
            }
        }
        ConfigSource source = ConfigSource.text("gateway.yaml", yaml);
        ConfigLoading.Outcome outcome =
                ConfigLoading.outcome(
                        ConfigLoading.read(
                                new ConfigInput(List.of(source), settings, environment)));
        StringBuilder said = new StringBuilder();
        for (Complaint complaint : outcome.complaints()) {
            said.append(complaint.severity() == Severity.ERROR ? "error   " : "warning ");
            said.append(complaint).append('\n');
        }
        for (RouteRow row : outcome.routes()) {
            said.append("route   ").append(row.id()).append(' ').append(words(row.methods()));
            said.append(' ')
                    .append(words(row.hosts()))
                    .append(' ')
                    .append(row.path())
                    .append(" -> ");
            said.append(row.service()).append(", ").append(row.balance()).append('\n');
        }
        return said.toString();
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "any" : String.join(",", words);
    }
}
