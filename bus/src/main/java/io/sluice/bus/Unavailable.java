package io.sluice.bus;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;

/// The one failure of bus calls: what is shared is out of reach.
public final class Unavailable {
    private Unavailable() {}

    /// @param part what is gone, a word of ours
    public static GatewayException because(String part) {
        return new GatewayException(
                Failure.of(FailureKind.UNAVAILABLE, "The " + part + " is out of reach")
                        .retryAfter(1));
    }
}
