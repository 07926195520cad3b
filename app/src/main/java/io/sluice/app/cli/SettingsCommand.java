package io.sluice.app.cli;

import io.sluice.app.wiring.GatewayConfig;
import io.sluice.core.config.Setting;
import io.sluice.core.config.SettingsReference;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice settings`: prints every key of the configuration with its default and meaning.
@Command(
        name = "settings",
        description = {"Print every key of the configuration, its default and its meaning.", ""})
final class SettingsCommand implements Runnable {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "WORD",
            description = "Only keys that hold this word, for example cors or timeout.")
    private @Nullable String word;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KEY", "DEFAULT", "MEANING"));
        String wanted = word == null ? "" : word.toLowerCase(Locale.ROOT);
        for (Setting setting :
                SettingsReference.of(GatewayConfig.ROOT, GatewayConfig.class).settings()) {
            if (setting.path().toLowerCase(Locale.ROOT).contains(wanted)) {
                String standard = setting.standard().isEmpty() ? "-" : setting.standard();
                rows.add(List.of(setting.path(), standard, setting.doc()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        Columns.align(rows).forEach(out::println);
    }
}
