package io.sluice.realtime.endpoint.api;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Range;
import io.sluice.realtime.endpoint.events.EventsConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// `gateway.realtime.api`: channels over HTTP.
public record ApiConfig(
        @Doc("Whether event streams and the server API are served.") @Default("false")
                boolean enabled,
        @Doc(
                        "Keys of the server API by name: the key itself, or sha256: and the hex of its SHA-256. An empty one is left out; without any, calls are refused with 403.")
                Map<String, String> keys,
        @Doc("What the paths of the server API begin with: /v1 makes /v1/publish.") @Default("")
                String basePath,
        @Inline EventsConfig events,
        @Doc("Bytes of a request's body.") @Default("256KiB") @Bytes int maxBody,
        @Doc("Bytes of the data of one message.") @Default("64KiB") @Bytes int maxMessage,
        @Doc("Channels of one broadcast.") @Default("100") @Range(min = 1, max = 1_000)
                int maxChannels)
        implements Checked {
    /// How a key is written that is not shown.
    public static final String HASHED = "sha256:";

    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int SHORTEST = 12;

    public ApiConfig {
        Map<String, String> given = new HashMap<>(keys);
        given.values().removeIf(String::isBlank);
        keys = Map.copyOf(given);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!basePath.isEmpty() && (!basePath.startsWith("/") || basePath.endsWith("/"))) {
            problem.accept("basePath", "'" + basePath + "', expected a path such as /v1");
        }
        if (maxBody < 1 || maxMessage < 1) {
            problem.accept("maxMessage", "expected at least one byte, also for maxBody");
        }
        keys.forEach((name, key) -> {
            boolean hashed = key.startsWith(HASHED);
            if (hashed && !DIGEST.matcher(key.substring(HASHED.length())).matches()) {
                problem.accept("keys", "'" + name + "', expected 64 hex digits after sha256:");
            } else if (key.strip().length() < SHORTEST) {
                problem.accept("keys", "'" + name + "', expected " + SHORTEST + " characters");
            }
        });
    }

    /// Never shows a key.
    @Override
    public String toString() {
        return "ApiConfig[enabled=" + enabled + ", keys=" + keys.keySet() + ']';
    }
}
