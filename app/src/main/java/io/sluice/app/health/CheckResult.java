package io.sluice.app.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one run of a check found.
///
/// @param error why it failed, one sentence; null when it did not
/// @param duration how long the run took
public record CheckResult(Status status, @Nullable String error, Duration duration) {

    /// Outcomes; only UNHEALTHY fails the health page.
    public enum Status {
        /// Not run yet.
        UNKNOWN("unknown"),
        HEALTHY("healthy"),
        UNHEALTHY("unhealthy"),
        /// It does its own work, but without the others; for the page to say, not to fail.
        DEGRADED("degraded"),
        /// A kind of check that is read from the configuration but not run.
        UNSUPPORTED("unsupported");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    static CheckResult of(Status status) {
        return new CheckResult(status, null, Duration.ZERO);
    }
}
