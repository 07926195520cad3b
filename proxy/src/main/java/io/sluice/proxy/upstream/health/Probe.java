package io.sluice.proxy.upstream.health;

import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.discovery.HealthCheckConfig;
import org.jspecify.annotations.Nullable;

/// Asks one instance whether it is well.
@FunctionalInterface
public interface Probe {

    /// Told once, on any thread.
    @FunctionalInterface
    interface Result {
        /// @param failure what went wrong, for the log; null when the check passed
        void done(@Nullable String failure);
    }

    /// Starts one check, which ends within its timeout. Does not block, does not throw.
    void check(Instance instance, HealthCheckConfig config, Result result);
}
