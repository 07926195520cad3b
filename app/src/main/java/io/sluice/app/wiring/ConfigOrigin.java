package io.sluice.app.wiring;

import io.sluice.core.config.Loaded;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the configuration comes from, each time it is read.
///
/// @param file to watch for changes; null when there is none
record ConfigOrigin(StartOptions options, Map<String, String> environment, @Nullable Path file) {

    ConfigOrigin {
        environment = Map.copyOf(environment);
    }

    static ConfigOrigin of(StartOptions options, Map<String, String> environment) {
        String file = ConfigLoading.fileOf(options);
        return new ConfigOrigin(options, environment, file == null ? null : Path.of(file));
    }

    Loaded<GatewayConfig> read() {
        return ConfigLoading.read(options, environment);
    }
}
