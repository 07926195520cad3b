package io.sluice.app.wiring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line says about the configuration.
///
/// @param configFile name of the YAML file as typed, or null for the built-in default configuration
/// @param settings `key=value`, keys dotted without the root (`frontend.http.port=9000`); they win over the file
public record StartOptions(@Nullable String configFile, List<String> settings) {

    public StartOptions {
        settings = List.copyOf(settings);
    }
}
