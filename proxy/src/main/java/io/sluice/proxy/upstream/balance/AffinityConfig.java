package io.sluice.proxy.upstream.balance;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.net.http.HeaderName;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `sessionAffinity` of a route.
public record AffinityConfig(
        @Doc("Whether sessions stay on their instance.") @Default("true") boolean enabled,
        @Doc("How long a session is remembered after its last request.") @Default("3600")
                Duration ttl,
        @Doc("Where a request carries its session: cookie, header or query.") @Default("cookie")
                Source source,
        @Doc("Name of the cookie; issued by the gateway to clients that send none.")
                @Default("GATEWAY_SESSION")
                String cookieName,
        @Doc("Name of the header.") @Default("X-Session-Id") String headerName,
        @Doc("Name of the query parameter.") @Default("session_id") String queryParam,
        @Doc("Sessions remembered at most; the least used are forgotten first.") @Default("10000")
                int maxEntries,
        @Doc(
                        "Signs the issued cookie; give all gateways the same one. When not set, cookies end with the process.")
                @Nullable String secret)
        implements Checked {

    /// Fewest characters of a secret worth the name.
    static final int SHORTEST_SECRET = 16;

    /// Where a session id is read from.
    public enum Source {
        COOKIE,
        HEADER,
        QUERY
    }

    public static final AffinityConfig DEFAULT =
            new AffinityConfig(
                    true,
                    Duration.ofHours(1),
                    Source.COOKIE,
                    "GATEWAY_SESSION",
                    "X-Session-Id",
                    "session_id",
                    10_000,
                    null);

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (ttl.toSeconds() < 1) {
            problem.accept("ttl", ttl + ", expected at least one second");
        }
        token(problem, "cookieName", cookieName);
        token(problem, "headerName", headerName);
        if (queryParam.isEmpty()) {
            problem.accept("queryParam", "is empty, expected the name of a query parameter");
        }
        if (maxEntries < 1 || maxEntries > 10_000_000) {
            problem.accept("maxEntries", maxEntries + ", expected 1 to 10000000");
        }
        if (secret != null && secret.length() < SHORTEST_SECRET) {
            problem.accept(
                    "secret", "is too short, expected at least " + SHORTEST_SECRET + " characters");
        }
    }

    private static void token(BiConsumer<String, String> problem, String key, String value) {
        try {
            HeaderName.of(value);
        } catch (IllegalArgumentException notAToken) {
            problem.accept(key, "'" + value + "', expected letters, digits or -_.");
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "AffinityConfig[" + source + ", ttl=" + ttl + ']';
    }
}
