package io.sluice.app.health;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.net.URI;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One entry of `gateway.health.checks`.
public record CheckConfig(
        @Doc("How to check: http, tcp, grpc or exec.") Type type,
        @Doc("Time between two runs; a result is kept that long.") @Default("30") Duration interval,
        @Doc("A run that takes longer has failed.") @Default("5") Duration timeout,
        @Doc("What to check.") Target config)
        implements Checked {

    /// Ways to check. GRPC and EXEC are read but not run; their result says so and never fails the page.
    public enum Type {
        HTTP,
        TCP,
        GRPC,
        EXEC
    }

    /// Where to check; which key counts depends on the type.
    public record Target(
            @Doc("For http: address to GET; any status below 400 is well.") @Nullable String url,
            @Doc("For tcp and grpc: host:port to connect to.") @Nullable String address,
            @Doc("For grpc: name of the service to ask for.") @Nullable String service,
            @Doc("For exec: command line.") @Nullable String command) {}

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (interval.isNegative() || interval.isZero()) {
            problem.accept("interval", interval + ", expected more than 0 seconds");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            problem.accept("timeout", timeout + ", expected more than 0 seconds");
        }
        switch (type) {
            case HTTP -> {
                if (config.url() == null || !isHttp(config.url())) {
                    problem.accept("config.url", config.url() + ", expected an http or https URL");
                }
            }
            case TCP -> {
                if (config.address() == null || !HostPort.isValid(config.address())) {
                    problem.accept("config.address", config.address() + ", expected host:port");
                }
            }
            case GRPC, EXEC -> {}
        }
    }

    private static boolean isHttp(String url) {
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
