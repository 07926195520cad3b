package io.sluice.proxy.upstream.discovery;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.function.BiConsumer;

/// `outlierDetection` of a service: instances whose calls fail in a row are left out for a while.
public record OutlierConfig(
        @Doc("Whether failing instances are left out.") @Default("true") boolean enabled,
        @Doc("Calls that must fail in a row: status 500 or above, no connection, broken, too slow.")
                @Default("5")
                int consecutiveErrors,
        @Doc("How long the first time; each further time in a row adds as much.") @Default("30")
                Duration baseEjectionTime,
        @Doc("How long at most.") @Default("300") Duration maxEjectionTime,
        @Doc(
                        "At most this many percent of the instances are left out; one of several always may be.")
                @Default("50")
                int maxEjectionPercent)
        implements Checked {

    public static final OutlierConfig DEFAULT =
            new OutlierConfig(true, 5, Duration.ofSeconds(30), Duration.ofSeconds(300), 50);

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (consecutiveErrors < 1) {
            problem.accept("consecutiveErrors", consecutiveErrors + ", expected at least 1");
        }
        if (baseEjectionTime.isZero() || baseEjectionTime.compareTo(maxEjectionTime) > 0) {
            problem.accept(
                    "baseEjectionTime",
                    baseEjectionTime + ", expected more than 0 and at most maxEjectionTime");
        }
        if (maxEjectionPercent < 0 || maxEjectionPercent > 100) {
            problem.accept("maxEjectionPercent", maxEjectionPercent + ", expected 0 to 100");
        }
    }
}
