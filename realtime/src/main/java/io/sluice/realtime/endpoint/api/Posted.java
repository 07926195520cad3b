package io.sluice.realtime.endpoint.api;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A resource that takes a JSON object by POST. What is no POST is answered with 405, another media type with 415, a body
/// over the limit with 413, and what is no JSON object of at most [JsonReader#DEEPEST] levels with 400.
record Posted(Resource resource, int maxBody) implements Handler {

    /// Answers on the loop, now or later.
    @FunctionalInterface
    interface Resource {
        /// @throws GatewayException with what to answer instead
        void answer(Exchange exchange, Call call);
    }

    /// What was sent.
    ///
    /// @param print the same for the same bytes
    record Call(JsonObject body, long print) {}

    @Override
    public void handle(Exchange exchange) {
        Failure refusal = refusal(exchange);
        if (refusal == null) {
            exchange.requestBody().to(new BodyBytes(exchange, maxBody, this::take));
        } else {
            exchange.fail(refusal);
            exchange.requestBody().discard();
        }
    }

    private @Nullable Failure refusal(Exchange exchange) {
        if (!exchange.request().method().equals(Method.POST)) {
            exchange.onAnswer((_, head) -> head.headers().set(HeaderName.ALLOW, "POST"));
            return Failure.of(FailureKind.METHOD_NOT_ALLOWED, "This is called with POST.");
        }
        Headers headers = exchange.request().headers();
        if (!isJson(headers.get(HeaderName.CONTENT_TYPE))
                || headers.get(HeaderName.CONTENT_ENCODING) != null) {
            return Failure.of(
                    FailureKind.UNSUPPORTED_DATA,
                    "Send JSON as it is, with Content-Type: application/json.");
        }
        return exchange.requestBody().length() > maxBody ? BodyBytes.tooLarge(maxBody) : null;
    }

    private static boolean isJson(@Nullable String type) {
        if (type == null) {
            return false;
        }
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return media.equals("application/json");
    }

    private void take(Exchange exchange, byte[] bytes) {
        try {
            if (!(JsonReader.read(bytes) instanceof JsonObject body)) {
                throw new GatewayException(
                        Failure.of(
                                FailureKind.BAD_REQUEST,
                                "The body is no JSON object of at most "
                                        + JsonReader.DEEPEST
                                        + " levels."));
            }
            long print = (long) Arrays.hashCode(bytes) << 32 | bytes.length;
            resource.answer(exchange, new Call(body, print));
        } catch (GatewayException refused) {
            exchange.fail(refused.failure());
        }
    }
}
