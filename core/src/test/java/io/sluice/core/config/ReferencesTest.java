package io.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOST", "h.test", "EMPTY", "", "PORT", "9000", "HIDDEN", "s3cret");

    private static Loaded<Sample> load(String server) {
        String yaml = "gateway:\n  enabled: true\n  server:\n    " + server + "\n";
        return Sample.load(
                new ConfigInput(
                        List.of(ConfigSource.text("g.yaml", yaml)), List.of(), ENVIRONMENT));
    }

    private static String host(String value) {
        Loaded<Sample> loaded = load("host: \"" + value + "\"");
        assertThat(loaded.complaints()).isEmpty();
        return Objects.requireNonNull(loaded.value()).server().host();
    }

    @Test
    void variablesDefaultsAndEscapesAreReplaced() {
        assertThat(host("${HOST}")).isEqualTo("h.test");
        assertThat(host("a-${HOST}-${PORT}")).isEqualTo("a-h.test-9000");
        assertThat(host("${NONE:-d}")).isEqualTo("d");
        assertThat(host("${EMPTY:-d}")).isEqualTo("d");
        assertThat(host("${EMPTY}x")).isEqualTo("x");
        assertThat(host("${NONE:-${HOST}!}")).isEqualTo("h.test!");
        assertThat(host("$${HOST}")).isEqualTo("${HOST}");
        assertThat(host("$$${HOST}")).isEqualTo("$${HOST}");
        assertThat(host("$5")).isEqualTo("$5");
    }

    @Test
    void aReferenceMayStandForANumber() {
        assertThat(Objects.requireNonNull(load("port: ${PORT}").value()).server().port())
                .isEqualTo(9000);
    }

    @Test
    void anUnsetVariableIsNamedWithItsLine() {
        assertThat(load("host: ${NONE}").complaints())
                .extracting(Complaint::toString)
                .containsExactly(
                        "g.yaml:4: gateway.server.host: environment variable `NONE` is not set and has no"
                                + " default (${NONE:-default})");
    }

    @Test
    void whatAVariableHoldsIsNeverPrinted() {
        List<Complaint> complaints = load("port: ${HIDDEN}").complaints();

        assertThat(complaints).hasSize(1);
        assertThat(complaints.getFirst().toString())
                .contains("found `${HIDDEN}`")
                .doesNotContain("s3cret");
    }

    @Test
    void placeholdersOfAFeatureStayAsTheyAre() {
        Loaded<Sample> loaded =
                Sample.load(
                        "gateway: {enabled: true, templates: {a: ['${header:X}', {b: '${id}'}]}}");

        assertThat(loaded.complaints()).isEmpty();
        assertThat(Objects.requireNonNull(loaded.value()).templates())
                .isEqualTo(Map.of("a", List.of("${header:X}", Map.of("b", "${id}"))));
    }

    @Test
    void otherPlaceholdersAndOpenOnesAreMistakes() {
        assertThat(load("host: \"${header:X}\"").complaints())
                .singleElement()
                .asString()
                .contains("is none of");
        assertThat(load("host: \"${HOST\"").complaints())
                .singleElement()
                .asString()
                .contains("no `}`");
        assertThat(load("host: \"" + "${A:-".repeat(5000) + "}".repeat(5000) + "\"").complaints())
                .singleElement()
                .asString()
                .contains("no `}`");
    }

    @Test
    void filesAreReadFromBesideTheConfiguration(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("secret.txt"), "pass word\n");
        Path file = directory.resolve("gateway.yaml");
        Files.writeString(
                file,
                """
                gateway:
                  enabled: true
                  server:
                    password: ${file:secret.txt}
                    host: ${file:none.txt}
                """);

        Loaded<Sample> loaded =
                Sample.load(new ConfigInput(List.of(ConfigSource.file(file)), List.of(), Map.of()));

        assertThat(loaded.complaints())
                .extracting(Complaint::line, Complaint::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                5, "file `none.txt` does not exist, seen from the configuration"));
        assertThat(Objects.requireNonNull(loaded.draft()).server().password())
                .isEqualTo("pass word");
    }

    @Test
    void aMissingOrUnreadableConfigurationIsAComplaint(@TempDir Path directory) throws IOException {
        Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, 0});
        for (ConfigSource source :
                List.of(
                        ConfigSource.file(directory.resolve("none.yaml")),
                        ConfigSource.file(directory),
                        ConfigSource.file("\0"),
                        ConfigSource.file(binary))) {
            Loaded<Sample> loaded =
                    Sample.load(new ConfigInput(List.of(source), List.of(), Map.of()));
            assertThat(loaded.complaints()).hasSize(1);
            assertThat(loaded.value()).isNull();
        }
    }
}
