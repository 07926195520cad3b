package io.sluice.net.http;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one shape of the gateway's own error bodies: flat JSON, or RFC 9457 when the client accepts only that.
public final class ErrorAnswer {
    private static final String PROBLEM = "application/problem+json";

    /// Methods that may be taken at all.
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private ErrorAnswer() {}

    public static Response of(Exchange exchange, Failure failure) {
        boolean problem = acceptsProblem(exchange.request().headers().get(HeaderName.ACCEPT));
        Map<String, Object> body = new LinkedHashMap<>();
        if (problem) {
            body.put("type", "about:blank");
            body.put("title", failure.kind().code());
            body.put("detail", failure.message());
        } else {
            body.put("error", failure.kind().code());
            body.put("message", failure.message());
        }
        body.put("status", failure.status());
        body.put("requestId", exchange.requestId());
        body.put("traceId", exchange.trace().traceId());
        if (!failure.details().isEmpty()) {
            body.put("details", failure.details());
        }
        Response answer =
                Response.of(
                        failure.status(),
                        problem ? PROBLEM : "application/json",
                        JsonText.of(body));
        if (!exchange.requestId().isEmpty()) {
            answer = answer.with(HeaderName.X_REQUEST_ID, exchange.requestId());
        }
        if (failure.kind() == FailureKind.METHOD_NOT_ALLOWED) {
            // Whoever knows what the path takes puts that in its place.
            answer = answer.with(HeaderName.ALLOW, METHODS);
        }
        return failure.retryAfterSeconds() == 0
                ? answer
                : answer.with(
                        HeaderName.RETRY_AFTER, Integer.toString(failure.retryAfterSeconds()));
    }

    private static boolean acceptsProblem(@Nullable String accept) {
        return accept != null && accept.contains(PROBLEM);
    }
}
