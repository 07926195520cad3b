package io.sluice.app.cli;

import io.sluice.app.wiring.Gateway;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `sluice run`: serves until SIGTERM or SIGINT, then drains.
@Command(
        name = "run",
        description = {
            "Start the gateway and serve until it is told to stop.",
            "",
            "SIGTERM and Ctrl-C drain: new work is refused, what is running is finished.",
            "SIGHUP and a change of the file load the configuration again; a broken",
            "one is refused and the old one keeps serving.%n"
        })
final class RunCommand implements Callable<Integer> {

    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(
            names = {"--log-level", "-log-level"},
            paramLabel = "LEVEL",
            description = {
                "debug, info, warn or error. It wins over SLUICE_LOG_LEVEL and LOG_LEVEL."
            })
    private @Nullable String logLevel;

    @Option(
            names = {"--hot-reload", "-hot-reload"},
            arity = "0..1",
            paramLabel = "BOOLEAN",
            fallbackValue = "true",
            description = {
                "Understood for the sake of older scripts: a changed file is always",
                "read again, with or without it."
            })
    private @Nullable Boolean hotReload;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (logLevel != null) {
            System.setProperty("sluice.log.level", logLevel); // before the first logger is made
        }
        if (Boolean.FALSE.equals(hotReload)) {
            spec.commandLine()
                    .getErr()
                    .println("sluice: hot reload is always on; --hot-reload=false has no effect");
        }
        Gateway.start(options.toStartOptions()).obeySignals().awaitEnd();
        return 0;
    }
}
