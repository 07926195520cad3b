package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.edge.filter.access.AccessLogConfig;
import io.sluice.edge.filter.auth.AuthConfig;
import io.sluice.edge.filter.cors.CorsConfig;
import io.sluice.edge.filter.trace.ForwardedConfig;
import io.sluice.proxy.attempt.RetryConfig;
import io.sluice.proxy.upstream.health.CircuitBreakerConfig;

/// The sections right below `gateway` about what happens to every request; the root record holds it inline.
public record PolicyConfig(
        @Inline ForwardedConfig forwarded,
        @Doc("Who may come in.") AuthConfig auth,
        @Doc("Which pages of other origins may call.") CorsConfig cors,
        @Doc("One line for each request.") AccessLogConfig accessLog,
        @Doc("When a request is tried again.") RetryConfig retry,
        @Doc("When a failing service is left alone.") CircuitBreakerConfig circuitBreaker,
        @Doc("The gateway's own answers.") ErrorsConfig errors,
        @Inline UnenforcedConfig unenforced) {}
