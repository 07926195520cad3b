package io.sluice.app.health;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One entry of `gateway.health.checks`. Without a target it looks at the instances of the service that has its name, and
/// without a name of its own at those of every service; it fails when none of them is well.
public record CheckConfig(
        @Doc("How to check: http, tcp, grpc or exec.") Type type,
        @Doc("Time between two runs; a result is kept that long. health.interval when left out.")
                @Nullable Duration interval,
        @Doc("A run that takes longer has failed. health.timeout when left out.")
                @Nullable Duration timeout,
        @Doc("For http without config.url: what to GET from the instances of the service.")
                @Default("/health")
                String path,
        @Doc(
                        "What to check; the instances of the service with the name of the check when left out.")
                Target config,
        @Doc("For http: the only status that is well; any below 400 when left out.")
                @Nullable Integer expectedStatus)
        implements Checked {

    /// Ways to check. GRPC and EXEC are read but not run; their result says so and never fails the page.
    public enum Type {
        HTTP,
        TCP,
        GRPC,
        EXEC;

        /// Whether a request is sent.
        public boolean asks() {
            return this == HTTP;
        }
    }

    /// Where to check; which key counts depends on the type.
    public record Target(
            @Doc("For http: address to GET; any status below 400 is well.") @Nullable String url,
            @Doc("For tcp and grpc: host:port to connect to.") @Nullable String address,
            @Doc("For grpc: name of the service to ask for.") @Nullable String service,
            @Doc("For exec: command line.") @Nullable String command,
            @Doc("Found in older files; the type beside config counts.") @Nullable String type) {}

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (interval != null && !interval.isPositive()) {
            problem.accept("interval", interval + ", expected more than 0 seconds");
        }
        if (timeout != null && !timeout.isPositive()) {
            problem.accept("timeout", timeout + ", expected more than 0 seconds");
        }
        if (expectedStatus != null && (expectedStatus < 200 || expectedStatus > 599)) {
            problem.accept("expectedStatus", expectedStatus + ", expected 200 to 599");
        }
        if (!path.startsWith("/") || !isHttp("http://h" + path)) {
            problem.accept("path", "'" + path + "', expected a path such as /health");
        }
        switch (type) {
            case HTTP -> {
                if (config.url() != null && !isHttp(config.url())) {
                    problem.accept("config.url", config.url() + ", expected an http or https URL");
                }
            }
            case TCP -> {
                if (config.address() != null && !HostPort.isValid(config.address())) {
                    problem.accept("config.address", config.address() + ", expected host:port");
                }
            }
            case GRPC, EXEC -> {}
        }
    }

    /// The same, with these clocks where it has none of its own.
    CheckConfig within(Duration usualInterval, Duration usualTimeout) {
        return new CheckConfig(
                type,
                interval == null ? usualInterval : interval,
                timeout == null ? usualTimeout : timeout,
                path,
                config,
                expectedStatus);
    }

    /// Time between two runs, its own or that of the section.
    Duration pause() {
        return Objects.requireNonNull(interval, "interval");
    }

    /// How long a run may take, as the check itself or the section says.
    Duration patience() {
        return Objects.requireNonNull(timeout, "timeout");
    }

    /// Whether it looks at the instances of services.
    public boolean ofServices() {
        return switch (type) {
            case HTTP -> config.url() == null;
            case TCP -> config.address() == null;
            case GRPC, EXEC -> false;
        };
    }

    /// Whether this can be asked for: an absolute address over HTTP with a host.
    public static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme();
            return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
