package io.sluice.app.cli;

import io.sluice.app.wiring.ConfigLoading;
import io.sluice.app.wiring.StartFailure;
import io.sluice.core.config.Complaint;
import io.sluice.core.config.Complaint.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `sluice check`: reads a configuration as a start would and says everything that is wrong with it.
@Command(
        name = "check",
        description = {
            "Read a configuration, print every mistake and warning, and start nothing.",
            "",
            "One problem a line, as file:line: key: what is wrong. Ends with 2 when the",
            "gateway would not start with it; warnings alone end with 0.%n"
        })
final class CheckCommand implements Callable<Integer> {

    @Mixin private ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConfigLoading.Outcome outcome = ConfigLoading.load(options.toStartOptions());
        PrintWriter out = spec.commandLine().getOut();
        for (Complaint complaint : outcome.complaints()) {
            out.println(complaint.asLine());
        }
        out.println(verdict(outcome));
        return outcome.usable() ? 0 : StartFailure.CONFIGURATION;
    }

    private static String verdict(ConfigLoading.Outcome outcome) {
        long errors = count(outcome.complaints(), Severity.ERROR);
        String warnings = plural(count(outcome.complaints(), Severity.WARNING), "warning");
        return errors > 0
                ? plural(errors, "mistake") + ", " + warnings
                : "ok: " + plural(outcome.routes().size(), "route") + ", " + warnings;
    }

    private static long count(List<Complaint> complaints, Severity severity) {
        return complaints.stream().filter(complaint -> complaint.severity() == severity).count();
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
