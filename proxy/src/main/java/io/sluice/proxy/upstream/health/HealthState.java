package io.sluice.proxy.upstream.health;

import java.util.Locale;

/// What is known about an instance, worst first. A metric label.
public enum HealthState {
    /// Marked unhealthy by its source; never called.
    DISABLED,
    /// Its active checks fail.
    UNHEALTHY,
    /// Left out because its calls failed.
    EJECTED,
    HEALTHY;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
