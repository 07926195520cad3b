package io.sluice.proxy.upstream.health;

import java.util.List;

/// The health of a service at one moment, for metrics and administration.
///
/// @param panic whether all instances are called because too few are well
public record ServiceReport(String service, boolean panic, List<InstanceReport> instances) {

    public ServiceReport {
        instances = List.copyOf(instances);
    }

    /// @param address host and port
    /// @param active calls under way
    /// @param readiness 1 when it takes its full share, less while it starts slowly
    /// @param ejections how often it was left out since it is known
    public record InstanceReport(
            String id,
            String address,
            HealthState health,
            int active,
            double readiness,
            Checks checks,
            long ejections) {}

    /// Active checks since the instance is known.
    public record Checks(long passed, long failed) {}
}
