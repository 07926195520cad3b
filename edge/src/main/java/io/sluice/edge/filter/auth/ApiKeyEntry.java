package io.sluice.edge.filter.auth;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One key of `auth.apikey.keys`.
public record ApiKeyEntry(
        @Doc("The key itself, or hex of its SHA-256 with hashKeys; this or hashedKey.")
                @Nullable String key,
        @Doc("Hex of the SHA-256 of the key, whatever hashKeys says.") @Nullable String hashedKey,
        @Doc("Who uses it; its id when left out.") @Nullable String subject,
        @Doc("user, service or device.") @Default("service") String type,
        @Doc("Scopes it grants.") List<String> scopes,
        @Doc("When it ends, RFC 3339.") @Nullable String expiresAt,
        @Doc("Facts about the caller that are passed on as claims.") Map<String, String> metadata,
        @Doc("Refuse it.") @Default("false") boolean disabled) {

    public ApiKeyEntry {
        scopes = List.copyOf(scopes);
        metadata = Map.copyOf(metadata);
    }

    /// Never shows the key.
    @Override
    public String toString() {
        return "ApiKeyEntry[subject=" + subject + ", type=" + type + ", scopes=" + scopes + ']';
    }
}
