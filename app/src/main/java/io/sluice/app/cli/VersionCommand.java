package io.sluice.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `sluice version`: the same line as `sluice --version`.
@Command(
        name = "version",
        description = {"Print the version of Sluice and of what it runs on.", ""})
final class VersionCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        spec.parent().commandLine().printVersionHelp(spec.commandLine().getOut());
    }
}
