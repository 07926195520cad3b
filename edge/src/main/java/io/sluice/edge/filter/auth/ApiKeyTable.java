package io.sluice.edge.filter.auth;

import io.sluice.core.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The API keys by the SHA-256 of each. A look-up takes the same time for every wrong key that is not made to
/// share its first bits of the digest with a right one, which nobody can do without breaking SHA-256; the rest
/// of the digest is compared in constant time. Immutable.
final class ApiKeyTable {
    private final Map<Digest, ApiKey> keys;

    private ApiKeyTable(Map<Digest, ApiKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /// @param granted what a request with this key gets
    /// @param endMillis wall clock, or [Long#MAX_VALUE]
    record ApiKey(Authentication.Granted granted, long endMillis, Status status) {}

    enum Status {
        ACTIVE,
        DISABLED
    }

    /// @param entries by id
    /// @param config says what holds for all of them
    /// @throws IllegalArgumentException naming the id of the key that is wrong
    static ApiKeyTable of(Map<String, ApiKeyEntry> entries, ApiKeyConfig config) {
        Map<Digest, ApiKey> keys = new HashMap<>();
        entries.forEach((id, entry) -> {
            Digest digest = digest(id, entry, config.hashKeys());
            if (keys.put(digest, key(id, entry, config)) != null) {
                throw new IllegalArgumentException("'" + id + "' has the same key as another one");
            }
        });
        return new ApiKeyTable(keys);
    }

    /// @param presented one character per byte, as it came
    @Nullable ApiKey find(String presented) {
        return keys.get(new Digest(sha256(presented.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static Digest digest(String id, ApiKeyEntry entry, boolean hashed) {
        String key = entry.key();
        String hash = entry.hashedKey();
        if (hash == null) {
            return written(id, key == null ? "" : key.strip(), hashed);
        }
        Digest digest = fromHex(id, hash.strip(), "it is the hashedKey");
        if (key != null && !digest.equals(written(id, key.strip(), hashed))) {
            throw new IllegalArgumentException(
                    "'"
                            + id
                            + "' has a key and the hashedKey of another one, expected one of them");
        }
        return digest;
    }

    private static Digest written(String id, String key, boolean hashed) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("'" + id + "' has an empty key");
        }
        return hashed
                ? fromHex(id, key, "hashKeys is true")
                : new Digest(sha256(key.getBytes(StandardCharsets.UTF_8)));
    }

    private static Digest fromHex(String id, String hex, String why) {
        String wrong = "'" + id + "' is no SHA-256, expected 64 hex digits because " + why;
        if (hex.length() != 64) {
            throw new IllegalArgumentException(wrong);
        }
        try {
            return new Digest(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wrong, e);
        }
    }

    private static ApiKey key(String id, ApiKeyEntry entry, ApiKeyConfig config) {
        Instant end = end(id, entry.expiresAt());
        Set<String> scopes = new HashSet<>(config.defaultScopes());
        scopes.addAll(entry.scopes());
        String subject = entry.subject();
        Principal principal =
                new Principal(
                        subject == null || subject.isBlank() ? id : subject,
                        entry.type(),
                        ApiKeyAuthenticator.ID,
                        scopes,
                        entry.metadata(),
                        end);
        return new ApiKey(
                new Authentication.Granted(principal),
                end == null ? Long.MAX_VALUE : end.toEpochMilli(),
                entry.disabled() ? Status.DISABLED : Status.ACTIVE);
    }

    private static @Nullable Instant end(String id, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'"
                            + id
                            + "' has expiresAt '"
                            + text
                            + "', expected a time such as 2030-01-31T12:00:00Z",
                    e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// 32 bytes as a key of a map.
    private static final class Digest {
        private final byte[] bytes;

        Digest(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Digest digest && MessageDigest.isEqual(bytes, digest.bytes);
        }

        @Override
        public int hashCode() {
            return bytes[0] << 24
                    | (bytes[1] & 0xff) << 16
                    | (bytes[2] & 0xff) << 8
                    | bytes[3] & 0xff;
        }
    }
}
