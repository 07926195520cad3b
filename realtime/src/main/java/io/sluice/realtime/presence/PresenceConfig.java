package io.sluice.realtime.presence;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.function.BiConsumer;

/// `presence` of a face.
public record PresenceConfig(
        @Doc("How long a user without connections is still there.") @Default("10s") Duration grace,
        @Doc("Typing is over when not said again for this long.") @Default("6s") Duration typing,
        @Doc("A user whose connections are silent this long is idle.") @Default("300s")
                Duration idle,
        @Doc("What a node said of its users is forgotten this long after it last did.")
                @Default("60s")
                Duration lease,
        @Doc("How often a node says it again.") @Default("25s") Duration refresh,
        @Doc("How often nodes look for users of nodes that died.") @Default("5s") Duration sweep)
        implements Checked {

    public static final PresenceConfig DEFAULT =
            new PresenceConfig(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(300),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(5));

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (refresh.multipliedBy(2).compareTo(lease) > 0) {
            problem.accept("lease", lease + ", expected at least twice the refresh of " + refresh);
        }
        if (grace.compareTo(lease) >= 0) {
            problem.accept("grace", grace + ", expected less than the lease of " + lease);
        }
    }
}
