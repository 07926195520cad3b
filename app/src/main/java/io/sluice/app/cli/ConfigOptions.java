package io.sluice.app.cli;

import io.sluice.app.wiring.StartOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which configuration is meant; the same for every command that reads one.
final class ConfigOptions {

    @Option(
            names = {"-c", "--config", "-config"},
            paramLabel = "FILE",
            description = {
                "YAML file to read. Without it sluice.yaml in the working directory, and",
                "without that the built-in configuration."
            })
    private @Nullable String config;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = {
                "Set one key, for example frontend.http.port=9000. It wins over",
                "the file and the environment. May be given more than once."
            })
    private List<String> settings = new ArrayList<>();

    StartOptions toStartOptions() {
        return new StartOptions(config, settings);
    }
}
