package io.sluice.core.config;

import java.util.List;
import java.util.Map;

/// Everything one configuration is read from, weakest first: files in their order (maps of a later one
/// are laid over those of an earlier one), then environment variables, then single settings.
///
/// @param settings of the form `path.to.key=value`
/// @param environment for `${VAR}` and for variables that start with the root key, such as `GATEWAY_…`
public record ConfigInput(
        List<ConfigSource> sources, List<String> settings, Map<String, String> environment) {
    public ConfigInput {
        sources = List.copyOf(sources);
        settings = List.copyOf(settings);
        environment = Map.copyOf(environment);
    }

    /// One text, nothing else.
    public static ConfigInput text(String yaml) {
        return new ConfigInput(List.of(ConfigSource.text("text", yaml)), List.of(), Map.of());
    }
}
