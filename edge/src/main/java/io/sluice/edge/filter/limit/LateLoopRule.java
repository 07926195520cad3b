package io.sluice.edge.filter.limit;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.edge.filter.Filter;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The part of `router` about loops that have more to do than they can.
public record LateLoopRule(
        @Doc(
                        "Once an event loop is late by more than this for half a second on end, requests to services beyond what it can do in time are answered with 503 and Retry-After, until it has kept up for two seconds. 0 for never.")
                @Default("200ms")
                Duration maxLoopDelay)
        implements Checked {

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (maxLoopDelay.isNegative()) {
            problem.accept("maxLoopDelay", maxLoopDelay + ", expected 0 or more");
        }
    }

    /// What refuses, or null when nothing does.
    public @Nullable Filter filter() {
        return maxLoopDelay.isZero() ? null : new LateLoopFilter(maxLoopDelay);
    }
}
