package io.sluice.net.sse;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.function.BiConsumer;

/// What an endpoint grants its event streams: the key `sse` of each.
public record SseConfig(
        @Doc("How often a comment is sent, so that nobody on the way takes the stream for dead.")
                @Default("15s")
                Duration heartbeat,
        @Doc("How long a client is told to wait before it comes back.") @Default("3s")
                Duration retry)
        implements Checked {

    public static final SseConfig DEFAULT =
            new SseConfig(Duration.ofSeconds(15), Duration.ofSeconds(3));

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!heartbeat.isPositive()) {
            problem.accept("heartbeat", heartbeat + " is not a positive time");
        }
    }
}
