package io.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SluiceTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void forgetTheLogLevel() {
        System.clearProperty("sluice.log.level");
    }

    private int sluice(String... args) {
        return Sluice.commandLine(args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void withoutACommandItPrintsItsHelp() {
        assertThat(sluice()).isZero();
        assertThat(out.toString())
                .contains("run", "check", "routes", "version", "help", "Exit codes");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command : List.of("run", "check", "routes", "version")) {
            out.getBuffer().setLength(0);
            assertThat(sluice("help", command)).isZero();
            String byHelp = out.toString();
            out.getBuffer().setLength(0);
            assertThat(sluice(command, "--help")).isZero();
            assertThat(out.toString()).isEqualTo(byHelp).contains("sluice " + command);
        }
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(sluice("version")).isZero();
        assertThat(out.toString()).startsWith("Sluice ").contains("Java " + Runtime.version());
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void aCommandLineOfOlderGatewaysMeansRun() {
        assertThat(Sluice.withCommand("-config", "a.yaml", "-log-level", "debug", "-hot-reload"))
                .containsExactly("run", "-config", "a.yaml", "-log-level", "debug", "-hot-reload");
        assertThat(Sluice.withCommand("-hot-reload=true"))
                .containsExactly("run", "-hot-reload=true");
        assertThat(Sluice.withCommand("check", "-config", "a.yaml")).startsWith("check");
        assertThat(Sluice.withCommand()).isEmpty();
    }

    @Test
    void optionsWithOneDashAreNotTakenForClusters() {
        assertThat(sluice("check", "-config", "no-such-file.yaml")).isEqualTo(2);
        assertThat(out.toString()).contains("no-such-file.yaml");
        out.getBuffer().setLength(0);
        assertThat(sluice("check", "-config=no-such-file.yaml")).isEqualTo(2);
        assertThat(out.toString()).contains("no-such-file.yaml");
        assertThat(sluice("run", "-log-level", "debug", "-hot-reload", "-config", "none.yaml"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml");
    }

    @Test
    void anUnknownCommandIsAMistakeOfTheUser() {
        assertThat(sluice("rnu")).isEqualTo(2);
        assertThat(err.toString()).contains("sluice: ").contains("rnu").contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMistypedWordIsToldTheNearestOne() {
        assertThat(sluice("chekc")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean `check`?");
        err.getBuffer().setLength(0);
        assertThat(sluice("check", "--confg", "a.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean `--config`?");
        err.getBuffer().setLength(0);
        assertThat(sluice("check", "mine.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("--config mine.yaml");
    }

    @Test
    void anAddressThatCannotBeListenedOnIsExplainedWithItsKey() {
        assertThat(sluice("run", "--set", "frontend.http.host=no-such-host.invalid")).isEqualTo(3);
        assertThat(err.toString().lines())
                .containsExactly(
                        "gateway.frontend.http: cannot listen on no-such-host.invalid:8080: no address is known for this host");
        err.getBuffer().setLength(0);
        assertThat(sluice("run", "--set", "frontend.http.host=192.0.2.1")).isEqualTo(3);
        assertThat(err.toString().lines())
                .containsExactly(
                        "gateway.frontend.http: cannot listen on 192.0.2.1:8080: this machine has no such address");
    }

    @Test
    void theListOfCommandsHasOneSentenceForEach() {
        sluice();
        assertThat(out.toString().lines().dropWhile(line -> !line.equals("Commands:")))
                .contains("  routes    Print the routes of a configuration.");
    }

    @Test
    void anOptionWithoutItsValueNamesTheOption() {
        assertThat(sluice("check", "--config")).isEqualTo(2);
        assertThat(err.toString()).contains("--config").contains("Try 'sluice check --help'.");
    }
}
