package io.sluice.edge.filter.limit;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.edge.filter.Filter;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/// The part of `router` about loops that have more to do than they can.
public record LateLoopRule(
        @Doc(
                        "Once an event loop is late by more than this for half a second on end, requests to services beyond what it can do in time are answered with 503 and Retry-After, until it has kept up for two seconds. 0 for never.")
                @Default("200ms")
                Duration maxLoopDelay,
        @Doc(
                        "The same for new WebSockets and event streams of the gateway's own channels, whose clients wait longer before they give up. 0 for never.")
                @Default("1s")
                Duration maxLoopDelayForStreams)
        implements Checked {

    @Override
    public void check(BiConsumer<String, String> problem) {
        check("maxLoopDelay", maxLoopDelay, problem);
        check("maxLoopDelayForStreams", maxLoopDelayForStreams, problem);
    }

    private static void check(String key, Duration most, BiConsumer<String, String> problem) {
        if (most.isNegative()) {
            problem.accept(key, most + ", expected 0 or more");
        }
    }

    /// What refuses requests to services; empty when nothing does.
    public List<Filter> forServices() {
        return filters(maxLoopDelay);
    }

    /// What refuses WebSockets and event streams; empty when nothing does.
    public List<Filter> forStreams() {
        return filters(maxLoopDelayForStreams);
    }

    private static List<Filter> filters(Duration most) {
        return most.isZero() ? List.of() : List.of(new LateLoopFilter(most));
    }
}
