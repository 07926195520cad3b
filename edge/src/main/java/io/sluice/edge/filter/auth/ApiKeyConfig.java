package io.sluice.edge.filter.auth;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// `auth.apikey`: keys handed out to callers.
@Unsupported(
        keys = "keysFile",
        why = "list the keys under keys; ${file:…} reads a single one from a file")
@Unsupported(keys = "cookie", why = "a key comes in a header or in the query")
@Unsupported(keys = "hashAlgorithm", why = "hashKeys means SHA-256")
public record ApiKeyConfig(
        @Doc("Accept API keys.") @Default("false") boolean enabled,
        @Doc("The keys, by id.") Map<String, ApiKeyEntry> keys,
        @Doc("The keys are written as hex of their SHA-256.") @Default("false") boolean hashKeys,
        @Doc("Scopes every key has besides its own.") List<String> defaultScopes,
        @Doc("Where a request carries its key.") @Inline ApiKeyPlacesConfig places)
        implements Checked {

    public ApiKeyConfig {
        keys = Map.copyOf(keys);
        defaultScopes = List.copyOf(defaultScopes);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!enabled) {
            return;
        }
        places.check(problem);
        try {
            ApiKeyTable.of(this);
        } catch (IllegalArgumentException wrong) {
            problem.accept("keys", String.valueOf(wrong.getMessage()));
        }
    }
}
