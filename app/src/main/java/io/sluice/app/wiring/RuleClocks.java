package io.sluice.app.wiring;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The clocks of a rule.
public record RuleClocks(
        @Doc(
                        "For the whole exchange until the answer streams; 0 for none; backend.http.responseHeaderTimeout when left out.")
                @Nullable Duration timeout,
        @Doc(
                        "For one attempt to bring the head of its answer, once the request is whole; 0 for none.")
                @Default("0")
                Duration attemptTimeout,
        @Doc("For a stream, or an exchange without timeout, in which nothing moves.") @Default("5m")
                Duration idleTimeout)
        implements Checked {

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (timeout != null && timeout.isPositive() && attemptTimeout.compareTo(timeout) > 0) {
            problem.accept(
                    "attemptTimeout",
                    "is longer than timeout ("
                            + timeout.toSeconds()
                            + "s), so it could never end an attempt");
        }
        if (!idleTimeout.isPositive()) {
            problem.accept(
                    "idleTimeout", "is 0, expected more; a dead peer would never be noticed");
        }
    }
}
