package io.sluice.realtime.endpoint.api;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers in JSON that nobody keeps.
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /// What was asked for could not be found out.
    static void broken(Exchange exchange, @Nullable Throwable problem) {
        if (problem instanceof GatewayException expected) {
            exchange.fail(expected.failure());
            return;
        }
        LOG.atError().setCause(problem).log("A call of the channel API failed");
        exchange.fail(Failure.of(FailureKind.INTERNAL, "The call failed."));
    }

    static void json(Exchange exchange, int status, byte[] body) {
        if (!exchange.answered() && !exchange.ended()) {
            exchange.answer(
                    Response.of(status, "application/json", body)
                            .with(HeaderName.CACHE_CONTROL, "no-store"));
        }
    }
}
