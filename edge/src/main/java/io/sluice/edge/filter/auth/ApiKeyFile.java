package io.sluice.edge.filter.auth;

import io.sluice.core.config.Complaint;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.config.ConfigSource;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Loaded;
import java.util.List;
import java.util.Map;

/// The file `auth.apikey.keysFile` names: API keys apart from the configuration, as a store of secrets mounts them.
public record ApiKeyFile(@Doc("The keys, by id.") Map<String, ApiKeyEntry> keys) {

    public ApiKeyFile {
        keys = Map.copyOf(keys);
    }

    /// Reads it. Blocks.
    ///
    /// @throws IllegalArgumentException with the first line that is wrong
    static Map<String, ApiKeyEntry> read(String file) {
        Loaded<ApiKeyFile> loaded =
                ConfigLoader.beside("keysFile", ApiKeyFile.class)
                        .load(
                                new ConfigInput(
                                        List.of(ConfigSource.file(file)),
                                        List.of(),
                                        System.getenv()));
        ApiKeyFile read = loaded.value();
        if (read == null) {
            throw new IllegalArgumentException(
                    loaded.complaints().stream()
                            .filter(one -> one.severity() == Complaint.Severity.ERROR)
                            .map(Complaint::toString)
                            .findFirst()
                            .orElse(file));
        }
        return read.keys();
    }
}
