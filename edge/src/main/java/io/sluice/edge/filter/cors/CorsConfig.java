package io.sluice.edge.filter.cors;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Range;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/// The section `cors`.
public record CorsConfig(
        @Doc("Whether the gateway speaks CORS for all services.") @Default("false") boolean enabled,
        @Doc(
                        "Origins that may read answers: exact, with one * (https://*.example.org), or * for all.")
                @Default("['*']")
                List<String> allowedOrigins,
        @Doc("Methods such pages may use; * for all.")
                @Default("[GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS]")
                List<String> allowedMethods,
        @Doc("Request fields such pages may set; * for all.") @Default("['*']")
                List<String> allowedHeaders,
        @Doc("Answer fields such pages may read besides the usual ones.")
                List<String> exposedHeaders,
        @Doc("Whether cookies and credentials may be sent; the origin is then named instead of *.")
                @Default("false")
                boolean allowCredentials,
        @Inline Preflight preflight)
        implements Checked {

    /// How the question before a request is answered.
    public record Preflight(
            @Doc("How long a browser may remember the answer to a preflight.") @Default("86400")
                    Duration maxAge,
            @Doc("Whether preflights are passed on to the service.") @Default("false")
                    boolean optionsPassthrough,
            @Doc("Status of answered preflights.") @Default("204") @Range(min = 200, max = 299)
                    int optionsSuccessStatus) {}

    public CorsConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedMethods = List.copyOf(allowedMethods);
        allowedHeaders = List.copyOf(allowedHeaders);
        exposedHeaders = List.copyOf(exposedHeaders);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        for (String origin : allowedOrigins) {
            if (!origin.equals("*") && !origin.equals("null") && !origin.contains("://")) {
                problem.accept(
                        "allowedOrigins", "'" + origin + "', expected scheme://host[:port] or *");
            }
        }
    }
}
