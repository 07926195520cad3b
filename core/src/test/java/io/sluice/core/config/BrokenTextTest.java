package io.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Texts in which there is nothing to read.
class BrokenTextTest {

    private static List<String> complaints(String yaml) {
        return Sample.load(yaml).complaints().stream().map(Complaint::toString).toList();
    }

    @Test
    void aTextWithoutTheRootKeyIsExplained() {
        assertThat(complaints("")).singleElement().asString().contains("under the key `gateway`");
        assertThat(complaints("- a"))
                .singleElement()
                .asString()
                .contains("under the key `gateway`");
        assertThat(complaints("gatway: {}"))
                .containsExactly(
                        "g.yaml:1: gatway: unknown key; everything belongs under `gateway`; did you mean"
                                + " `gateway`?");
        assertThat(complaints("x-anchors: {}"))
                .containsExactly("g.yaml:1: gateway: the root key `gateway` is missing");
    }

    @Test
    void brokenYamlIsNamedWithItsLine() {
        assertThat(complaints("gateway:\n  server: {host: x\n  rules: ]\n"))
                .singleElement()
                .asString()
                .startsWith("g.yaml:3: ")
                .contains("no valid YAML");
    }

    @Test
    void whatBreaksAYamlIsSaidWithWhatMendsIt() {
        assertThat(complaints("gateway:\n\tserver: {}\n"))
                .containsExactly(
                        "g.yaml:2: is no valid YAML at column 1: found character '\\t(TAB)' that cannot"
                                + " start any token; indent with blanks");
        assertThat(complaints("gateway:\n  server:\n   port: 1\n    host: x\n"))
                .singleElement()
                .asString()
                .startsWith("g.yaml:4: is no valid YAML at column 9: ")
                .endsWith(
                        "is the line indented as its neighbours are? Text that holds `: ` needs quotes");
        assertThat(complaints("gateway:\n  server:\n    port: 1\n   host: x\n"))
                .singleElement()
                .asString()
                .endsWith("; is the line indented as its neighbours are?");
        assertThat(complaints("gateway:\n  server: {port: 1\n  rules: []\n"))
                .singleElement()
                .asString()
                .endsWith("; what line 2 opens is not closed");
        assertThat(complaints("gateway:\n  server: {host: \"x}\n"))
                .singleElement()
                .asString()
                .endsWith("; what line 2 opens is not closed");
        for (String text : List.of("@home", "%home", "[*]")) {
            assertThat(complaints("gateway: {server: " + text + "}\n"))
                    .singleElement()
                    .asString()
                    .endsWith("; text that begins with such a sign needs quotes");
        }
        assertThat(complaints("gateway: {server: *x}\n"))
                .containsExactly(
                        "g.yaml:1: alias `*x` has no anchor before it; text that begins with `*` needs"
                                + " quotes");
    }

    @Test
    void aliasesCannotBlowUpAndNestingIsBounded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String all = ("*a" + (i - 1) + " , ").repeat(10);
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(all)
                    .append("]\n");
        }
        assertThat(complaints(bomb + "gateway: {}\n"))
                .singleElement()
                .asString()
                .contains("aliases expand to more than");
        assertThat(complaints("gateway: " + "[".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("nested deeper than 64");
        assertThat(complaints("gateway: &a [*a]")).singleElement().asString().contains("no anchor");
    }

    @Test
    void tooLargeATextIsRefused() {
        assertThat(complaints("#".repeat((4 << 20) + 1)))
                .singleElement()
                .asString()
                .contains("4 MiB");
    }
}
