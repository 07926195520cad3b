package io.sluice.proxy.upstream.health;

import io.sluice.proxy.upstream.discovery.HealthCheckConfig.Pace;

/// What active checks say about one instance. It is believed to be well until enough checks in a row failed, and to be
/// unwell until enough in a row passed. Not thread-safe.
final class CheckState {
    private boolean well = true;
    private int against;

    /// Takes in one result.
    ///
    /// @return whether the verdict changed
    boolean observe(boolean passed, Pace pace) {
        if (passed == well) {
            against = 0;
            return false;
        }
        against++;
        if (against < (well ? pace.unhealthyThreshold() : pace.healthyThreshold())) {
            return false;
        }
        well = passed;
        against = 0;
        return true;
    }

    boolean well() {
        return well;
    }

    /// Whether to look again soon: unwell, or the last check failed.
    boolean suspect() {
        return !well || against > 0;
    }
}
