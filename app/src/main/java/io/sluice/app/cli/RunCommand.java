package io.sluice.app.cli;

import io.sluice.app.wiring.Gateway;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sluice run`: serves until SIGTERM or SIGINT, then drains.
@Command(
        name = "run",
        description = {
            "Start the gateway and serve until it is told to stop.%n",
            "SIGTERM and Ctrl-C drain: new work is refused, what is running is finished.",
            "SIGHUP and a change of the file load the configuration again; a broken",
            "one is refused and the old one keeps serving.%n"
        })
final class RunCommand implements Callable<Integer> {

    @Mixin private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        Gateway.start(options.toStartOptions()).obeySignals().awaitEnd();
        return 0;
    }
}
