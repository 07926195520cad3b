package io.sluice.edge.filter.cors;

import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Speaks CORS for all routes. With credentials, or when not every origin is allowed, the origin is named and answers
/// carry `Vary: Origin`, those to requests without an origin too, so that no cache mixes them up.
public final class CorsFilter implements Filter {
    private static final long ANSWER_FIELDS =
            HeaderName.ACCESS_CONTROL_ALLOW_ORIGIN.bit()
                    | HeaderName.ACCESS_CONTROL_ALLOW_METHODS.bit()
                    | HeaderName.ACCESS_CONTROL_ALLOW_HEADERS.bit()
                    | HeaderName.ACCESS_CONTROL_ALLOW_CREDENTIALS.bit()
                    | HeaderName.ACCESS_CONTROL_EXPOSE_HEADERS.bit()
                    | HeaderName.ACCESS_CONTROL_MAX_AGE.bit();

    private final CorsConfig config;
    private final Origins origins;
    private final boolean sameForAll;
    private final String methods;
    private final boolean anyMethod;
    private final String headers;
    private final boolean anyHeader;
    private final String exposed;
    private final String maxAge;
    private final Exchange.AnswerEdit withoutOrigin =
            (_, head) -> {
                head.headers().removeAll(ANSWER_FIELDS);
                vary(head.headers(), "Origin");
            };

    public CorsFilter(CorsConfig config) {
        this.config = config;
        this.origins = new Origins(config.allowedOrigins());
        this.sameForAll = origins.all() && !config.allowCredentials();
        this.methods = join(config.allowedMethods());
        this.anyMethod = config.allowedMethods().contains("*");
        this.headers = join(config.allowedHeaders());
        this.anyHeader = config.allowedHeaders().contains("*");
        this.exposed = join(config.exposedHeaders());
        this.maxAge = Long.toString(config.preflight().maxAge().toSeconds());
    }

    @Override
    public Phase phase() {
        return Phase.CORS;
    }

    @Override
    public Step apply(Exchange exchange) {
        Headers request = exchange.request().headers();
        String origin = request.get(HeaderName.ORIGIN);
        if (origin == null) {
            exchange.onAnswer(withoutOrigin);
            return Step.next();
        }
        String allowed = origins.allow(origin) ? origin : null;
        boolean preflight =
                exchange.request().method().equals(Method.OPTIONS)
                        && request.contains(HeaderName.ACCESS_CONTROL_REQUEST_METHOD);
        if (!preflight) {
            exchange.onAnswer((_, head) -> allow(head.headers(), allowed));
            return Step.next();
        }
        String wantedMethod = request.get(HeaderName.ACCESS_CONTROL_REQUEST_METHOD);
        String wantedHeaders = request.get(HeaderName.ACCESS_CONTROL_REQUEST_HEADERS);
        exchange.onAnswer((_, head) -> {
            allow(head.headers(), allowed);
            answerPreflight(head.headers(), allowed, wantedMethod, wantedHeaders);
        });
        return config.preflight().optionsPassthrough()
                ? Step.next()
                : new Step.Answer(Response.empty(config.preflight().optionsSuccessStatus()));
    }

    private void allow(Headers answer, @Nullable String origin) {
        answer.removeAll(ANSWER_FIELDS);
        vary(answer, "Origin");
        if (origin == null) {
            return;
        }
        answer.add(HeaderName.ACCESS_CONTROL_ALLOW_ORIGIN, sameForAll ? "*" : origin);
        if (config.allowCredentials()) {
            answer.add(HeaderName.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        if (!exposed.isEmpty()) {
            answer.add(HeaderName.ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
    }

    private void answerPreflight(
            Headers answer,
            @Nullable String origin,
            @Nullable String wantedMethod,
            @Nullable String wantedHeaders) {
        answer.remove(HeaderName.ACCESS_CONTROL_EXPOSE_HEADERS);
        if (anyHeader) {
            vary(answer, "Access-Control-Request-Headers");
        }
        if (anyMethod) {
            vary(answer, "Access-Control-Request-Method");
        }
        if (origin == null) {
            return;
        }
        set(answer, HeaderName.ACCESS_CONTROL_ALLOW_METHODS, anyMethod ? wantedMethod : methods);
        set(answer, HeaderName.ACCESS_CONTROL_ALLOW_HEADERS, anyHeader ? wantedHeaders : headers);
        answer.set(HeaderName.ACCESS_CONTROL_MAX_AGE, maxAge);
    }

    private static void set(Headers answer, HeaderName name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            answer.set(name, value);
        }
    }

    private void vary(Headers answer, String field) {
        if (sameForAll && field.equals("Origin")) {
            return;
        }
        String present = answer.get(HeaderName.VARY);
        if (present == null) {
            answer.add(HeaderName.VARY, field);
            return;
        }
        List<String> lines = answer.all(HeaderName.VARY);
        if (!names(lines, field)) {
            answer.set(HeaderName.VARY, String.join(", ", lines) + ", " + field);
        }
    }

    /// Whether one of the list's members is this field, or `*` for all of them (RFC 9110 12.5.5).
    private static boolean names(List<String> lines, String field) {
        for (String line : lines) {
            for (String member : line.split(",", -1)) {
                String name = member.strip();
                if (name.equals("*") || name.equalsIgnoreCase(field)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String join(List<String> items) {
        return String.join(", ", items);
    }
}
