package io.sluice.proxy.upstream.pool;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.function.BiConsumer;

/// The part of `backend.http` that bounds the connections kept to services. All counts are per loop.
public record PoolConfig(
        @Doc("Whether connections to services are kept for the next request.") @Default("true")
                boolean keepAlive,
        @Doc("How long an idle connection is kept; less when the service announced less.")
                @Default("90")
                Duration idleConnTimeout,
        @Doc(
                        "Idle connections over all services, 0 for no limit; what is above it is closed once unused for 1 s.")
                @Default("100")
                int maxIdleConns,
        @Doc(
                        "Idle connections to one instance, 0 for no limit; what is above it is closed once unused for 1 s.")
                @Default("10")
                int maxIdleConnsPerHost,
        @Doc("Open connections to one instance, 0 for no limit; requests above it wait.")
                @Default("0")
                int maxConnsPerHost,
        @Doc(
                        "Requests that may wait for a connection to one instance; the next one is answered with 503.")
                @Default("1024")
                int maxWaiting)
        implements Checked {
    /// A connection above an idle limit is closed once it was not needed for this long. A busy service has more
    /// connections idle between two requests than any sensible limit; closing those at once would dial without end.
    static final long SURPLUS_GRACE_NANOS = 1_000_000_000;

    public static final PoolConfig DEFAULTS =
            new PoolConfig(true, Duration.ofSeconds(90), 100, 10, 0, 1024);

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (idleConnTimeout.isNegative()) {
            problem.accept("idleConnTimeout", "is negative, expected 0 or more");
        }
        atLeastZero(problem, "maxIdleConns", maxIdleConns);
        atLeastZero(problem, "maxIdleConnsPerHost", maxIdleConnsPerHost);
        atLeastZero(problem, "maxConnsPerHost", maxConnsPerHost);
        atLeastZero(problem, "maxWaiting", maxWaiting);
    }

    private static void atLeastZero(BiConsumer<String, String> problem, String key, int value) {
        if (value < 0) {
            problem.accept(key, "is " + value + ", expected 0 or more");
        }
    }

    boolean mayOpen(int open) {
        return maxConnsPerHost == 0 || open < maxConnsPerHost;
    }

    boolean tooManyIdle(int ofInstance, int ofLoop) {
        return maxIdleConnsPerHost > 0 && ofInstance > maxIdleConnsPerHost
                || maxIdleConns > 0 && ofLoop > maxIdleConns;
    }

    /// Bound on idle time in nanoseconds; 0 in the configuration means none.
    long idleNanos() {
        return idleConnTimeout.isZero() ? Long.MAX_VALUE : idleConnTimeout.toNanos();
    }
}
