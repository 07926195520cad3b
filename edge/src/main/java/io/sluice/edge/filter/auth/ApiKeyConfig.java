package io.sluice.edge.filter.auth;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `auth.apikey`: keys handed out to callers.
@Unsupported(keys = "cookie", why = "a key comes in a header or in the query")
@Unsupported(keys = "hashAlgorithm", why = "hashKeys means SHA-256")
public record ApiKeyConfig(
        @Doc("Accept API keys.") @Default("false") boolean enabled,
        @Doc("The keys, by id.") Map<String, ApiKeyEntry> keys,
        @Doc(
                        "YAML file with more keys, below the key keys in it and like those here; read again by a reload.")
                @Nullable String keysFile,
        @Doc("The keys are written as hex of their SHA-256.") @Default("false") boolean hashKeys,
        @Doc("Scopes every key has besides its own.") List<String> defaultScopes,
        @Doc("Where a request carries its key.") @Inline ApiKeyPlacesConfig places)
        implements Checked {

    public ApiKeyConfig {
        keys = Map.copyOf(keys);
        defaultScopes = List.copyOf(defaultScopes);
    }

    /// Those listed here and those of the file. Blocks.
    ///
    /// @throws IllegalArgumentException when the file cannot be used, or has an id that is here too
    Map<String, ApiKeyEntry> all() {
        if (keysFile == null || keysFile.isBlank()) {
            return keys;
        }
        Map<String, ApiKeyEntry> all = new HashMap<>(keys);
        ApiKeyFile.read(keysFile)
                .forEach((id, entry) -> {
                    if (all.put(id, entry) != null) {
                        throw new IllegalArgumentException(
                                keysFile
                                        + " has the key '"
                                        + id
                                        + "', which stands under keys too");
                    }
                });
        return all;
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!enabled) {
            return;
        }
        places.check(problem);
        String key = "keysFile";
        try {
            Map<String, ApiKeyEntry> all = all();
            key = "keys";
            ApiKeyTable.of(all, this);
        } catch (IllegalArgumentException wrong) {
            problem.accept(key, String.valueOf(wrong.getMessage()));
        }
    }
}
