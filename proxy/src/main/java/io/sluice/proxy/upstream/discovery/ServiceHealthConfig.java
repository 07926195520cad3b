package io.sluice.proxy.upstream.discovery;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The keys of a service that say how the health of its instances is watched.
public record ServiceHealthConfig(
        @Doc("Asks each instance again and again whether it is well; off when not set.")
                @Nullable HealthCheckConfig healthCheck,
        @Doc("Takes instances out whose calls go wrong.") OutlierConfig outlierDetection,
        @Doc(
                        "Time over which an instance that came or came back grows to its full share; 0 = at once.")
                @Default("0")
                Duration slowStart,
        @Doc(
                        "When fewer than this part of the instances, from 0 to 1, are well, all are called; 0 = only when none is.")
                @Default("0")
                double panicThreshold)
        implements Checked {

    /// No active checks, outlier detection with its defaults.
    public static final ServiceHealthConfig DEFAULT =
            new ServiceHealthConfig(null, OutlierConfig.DEFAULT, Duration.ZERO, 0);

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!(panicThreshold >= 0 && panicThreshold <= 1)) {
            problem.accept("panicThreshold", panicThreshold + ", expected 0 to 1");
        }
    }
}
