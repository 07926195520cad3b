package io.sluice.app.cli;

import io.sluice.app.wiring.ConfigLoading;
import io.sluice.app.wiring.RouteRow;
import io.sluice.app.wiring.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `sluice routes`: prints the table of routes of a configuration.
@Command(
        name = "routes",
        description = {
            "Print the routes of a configuration.",
            "",
            "Of two that take the same request the one that gets it stands first, wherever",
            "they stand in the file.%n"
        })
final class RoutesCommand implements Callable<Integer> {

    @Mixin private ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConfigLoading.Outcome outcome = ConfigLoading.load(options.toStartOptions());
        if (!outcome.usable()) {
            throw StartFailure.of(outcome.complaints());
        }
        table(outcome.routes()).forEach(spec.commandLine().getOut()::println);
        return 0;
    }

    private static List<String> table(List<RouteRow> routes) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "METHODS", "HOSTS", "PATH", "SERVICE", "BALANCE"));
        for (RouteRow route : routes) {
            rows.add(
                    List.of(
                            route.id(),
                            anyOr(route.methods()),
                            anyOr(route.hosts()),
                            route.path(),
                            route.service(),
                            route.balance()));
        }
        return Columns.align(rows);
    }

    private static String anyOr(List<String> words) {
        return words.isEmpty() ? "any" : String.join(",", words);
    }
}
