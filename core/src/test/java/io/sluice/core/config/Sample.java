package io.sluice.core.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A configuration with one of everything the loader knows.
@Unsupported(keys = "redis", why = "there is no shared store yet")
record Sample(
        @Doc("How it listens.") Server server,
        @Doc("Where requests go.") List<Rule> rules,
        @Doc("Who may come in.") Map<String, Client> clients,
        @Doc("Left as written.") @Verbatim Map<String, Object> templates,
        @Doc("What is looked at.") @Counted("check") Map<String, Check> checks,
        @Doc("Shared by two features.") @Inline Shared shared) {

    enum Balance {
        ROUND_ROBIN,
        @Alias("sticky")
        STICKY_SESSION
    }

    enum Version {
        @Alias("=1.2")
        V1_2,
        @Alias("=1.3")
        V1_3
    }

    @Unsupported(
            keys = {"backlog", "nagle"},
            why = "the system decides")
    record Server(
            @Doc("Address.") @Default("0.0.0.0") String host,
            @Doc("Port.") @Default("8080") @Range(min = 1, max = 65535) int port,
            @Doc("Read limit.") @Default("30") Duration readTimeout,
            @Doc("First delay.") @Default("100") @Unit(ChronoUnit.MILLIS) Duration initialDelay,
            @Doc("Body limit.") @Default("10MiB") @Bytes long maxSize,
            @Doc("Lowest TLS.") @Default("1.2") Version minVersion,
            @Doc("Proxies.") @Alias("proxies") List<String> trustedProxies,
            @Doc("Names.") @Nullable String password) {}

    record Rule(
            @Doc("Name.") @Nullable String id,
            @Doc("Pattern.") String path,
            @Doc("Way.") @Default("round_robin") @Alias("lb") Balance loadBalance,
            @Doc("Fixed.") @Default("false") @Alias("=static") boolean fixed,
            @Doc("Limit.") @Nullable Limit rateLimit)
            implements Checked {
        @Override
        public void check(BiConsumer<String, String> problem) {
            if (!path.startsWith("/")) {
                problem.accept("path", "must start with `/`");
            }
        }
    }

    record Limit(
            @Doc("Per second.") double requestsPerSecond,
            @Doc("At once.") @Default("0") int burst) {
        Limit {
            if (requestsPerSecond < 0) {
                throw new IllegalArgumentException("must not be negative");
            }
        }

        @FromScalar
        static Limit of(double requestsPerSecond) {
            return new Limit(requestsPerSecond, 0);
        }
    }

    record Check(@Doc("Address.") @Default("here") String address) {}

    record Client(@Doc("Rights.") List<String> scopes, @Doc("Key.") String key) {}

    record Shared(@Doc("Ratio.") @Default("0.5") double ratio, @Doc("On.") boolean enabled) {
        Shared {
            if (ratio > 1) {
                throw new IllegalArgumentException("ratio must be at most 1");
            }
        }
    }

    static Loaded<Sample> load(String yaml) {
        return load(
                new ConfigInput(List.of(ConfigSource.text("g.yaml", yaml)), List.of(), Map.of()));
    }

    static Loaded<Sample> load(ConfigInput input) {
        return ConfigLoader.of("gateway", Sample.class).load(input);
    }
}
