package io.sluice.bus;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Range;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The section `bus.redis`. Not used unless `url` or `host` is set.
public record RedisConfig(
        @Doc(
                        "redis://[[user]:password@]host[:port][/database], rediss:// for TLS, or redis-sentinel://[[user]:password@]host[:port][,host[:port]][/database]#master for the server Sentinels name.")
                @Nullable String url,
        @Doc("Host, where there is no url.") @Nullable String host,
        @Doc("Port next to host.") @Default("6379") @Range(min = 1, max = 65_535) int port,
        @Doc("Password next to host.") @Nullable String password,
        @Doc(
                        "A second Redis for tables, members, leases, counters and roomTopics; the same one when not set.")
                @Nullable String roomUrl,
        @Doc("Topics that live in the Redis of roomUrl.") @Default("[room.events]")
                List<String> roomTopics,
        @Doc("Whether topics use sharded pub/sub, which needs Redis 7.") @Default("false")
                boolean sharded,
        @Inline Limits limits)
        implements Checked {

    private static final Pattern SENTINELS =
            Pattern.compile("[^\\s:,/]+(:\\d{1,5})?(,[^\\s:,/]+(:\\d{1,5})?)*");
    private static final String SHAPES =
            "expected redis://host[:port], rediss://host[:port] or"
                    + " redis-sentinel://host[:port],host[:port]#master";
    private static final String CLUSTER =
            "several nodes; a cluster is not spoken to directly, give the address of a proxy"
                    + " in front of it";

    public RedisConfig {
        roomTopics = List.copyOf(roomTopics);
    }

    /// How long and how much.
    public record Limits(
            @Doc("Longest time to connect.") @Default("2s") Duration connectTimeout,
            @Doc("Longest time for one command.") @Default("2s") Duration commandTimeout,
            @Doc("How often each connection is probed from end to end.")
                    @Default("1s")
                    @Alias("pingInterval")
                    Duration probeInterval,
            @Doc("A connection whose probe does not come back in this time is given up.")
                    @Default("3s")
                    Duration probeTimeout,
            @Doc(
                            "Longest pause before connecting again; it grows by 50 ms with each attempt up to this.")
                    @Default("1800ms")
                    Duration reconnectPause,
            @Doc("Most messages that wait for the server.") @Default("20000") @Range(min = 1)
                    int bufferMessages) {}

    /// Whether it is to be used.
    public boolean configured() {
        return set(url) || set(host);
    }

    /// The server of topics and logs.
    public URI address() {
        if (url != null && set(url)) {
            return URI.create(url);
        }
        return at(host == null ? "localhost" : host, port, password);
    }

    /// The server of everything else.
    public URI roomAddress() {
        return roomUrl != null && set(roomUrl) ? URI.create(roomUrl) : address();
    }

    private static URI at(String host, int port, @Nullable String password) {
        String user = password == null || password.isEmpty() ? null : ":" + password;
        try {
            return new URI("redis", user, host, port, null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("host '" + host + "', expected a name", e);
        }
    }

    private static boolean set(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        checkUrl("url", url, problem);
        checkUrl("roomUrl", roomUrl, problem);
        if (set(roomUrl) && !configured()) {
            problem.accept("roomUrl", "set, but neither url nor host is");
        }
        if (!set(url) && host != null && set(host)) {
            try {
                at(host, port, password);
            } catch (IllegalArgumentException e) {
                problem.accept("host", "not a host name");
            }
        }
    }

    private static void checkUrl(
            String key, @Nullable String value, BiConsumer<String, String> problem) {
        if (value == null || value.isBlank()) {
            return;
        }
        try {
            String wrong = wrongWith(new URI(value));
            if (wrong != null) {
                problem.accept(key, wrong);
            }
        } catch (URISyntaxException e) {
            problem.accept(key, "not a URL");
        }
    }

    private static @Nullable String wrongWith(URI uri) {
        String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
        return switch (String.valueOf(uri.getScheme())) {
            case "redis", "rediss" -> {
                if (authority.contains(",")) {
                    yield CLUSTER;
                }
                yield uri.getHost() == null ? SHAPES : null;
            }
            case "redis-sentinel", "rediss-sentinel" -> {
                String hosts = authority.substring(authority.lastIndexOf('@') + 1);
                if (!SENTINELS.matcher(hosts).matches()) {
                    yield SHAPES;
                }
                yield set(uri.getFragment())
                        ? null
                        : "which master? expected its name at the end, as in #mymaster";
            }
            case "redis-cluster", "rediss-cluster" -> CLUSTER;
            default -> SHAPES;
        };
    }
}
