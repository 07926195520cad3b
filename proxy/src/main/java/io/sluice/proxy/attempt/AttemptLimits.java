package io.sluice.proxy.attempt;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import java.time.Duration;

/// The clocks of a route's calls.
///
/// @param total for the whole exchange, from the end of the request's body on; stops once a streaming answer started;
///     zero for none
/// @param head for one attempt to bring the head of its answer, from the end of the request's body on; zero for none;
///     useful with retries only
/// @param idle for a stream, or an exchange without `total`, in which nothing moves
/// @param timeoutStatus status of the gateway's answer when a clock ran out
public record AttemptLimits(Duration total, Duration head, Duration idle, int timeoutStatus) {
    public static final Duration DEFAULT_TOTAL = Duration.ofSeconds(30);
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(5);

    /// The failure that a clock running out is.
    Failure timedOut() {
        return Failure.of(FailureKind.UPSTREAM_TIMEOUT, "the service did not answer in time")
                .withStatus(timeoutStatus);
    }

    public static AttemptLimits of(Duration total) {
        return new AttemptLimits(total, Duration.ZERO, DEFAULT_IDLE, 408);
    }
}
