package io.sluice.app.wiring;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import io.sluice.net.tls.ClientTlsConfig;
import io.sluice.proxy.upstream.pool.PoolConfig;
import java.time.Duration;
import java.util.function.BiConsumer;

/// `gateway.backend`: how services are called.
@Unsupported(
        keys = {"websocket"},
        why = "WebSockets are not passed on to services yet")
@Unsupported(
        keys = {"sse"},
        why = "event streams are called like every service, with the keys of backend.http")
@Unsupported(
        keys = {"grpc"},
        why =
                "gRPC is passed on as HTTP/2, with the keys of backend.http; nothing is translated yet")
public record BackendConfig(@Doc("Calls over HTTP.") Http http) {

    /// `backend.http`.
    @Unsupported(
            keys = {"disableCompression"},
            why = "bodies are never changed; what client and service agree on is passed on")
    @Unsupported(
            keys = {"expectContinueTimeout"},
            why = "100-continue is relayed, so the client decides how long it waits")
    public record Http(
            @Inline Clocks clocks,
            @Inline PoolConfig pool,
            @Doc("TLS towards services.") ClientTlsConfig tls,
            @Doc(
                            "Whether HTTP/2 is offered to no instance by ALPN. One whose protocol says so is spoken to in HTTP/2 all the same.")
                    @Default("false")
                    boolean disableHTTP2) {}

    /// How long a service may take.
    public record Clocks(
            @Doc("For TCP connect and TLS handshake together.") @Default("10") Duration dialTimeout,
            @Doc("At most this part of dialTimeout for the TLS handshake; 0 for all of it.")
                    @Default("0")
                    Duration tlsHandshakeTimeout,
            @Doc("For the whole exchange of rules without a timeout of their own; 30s when 0.")
                    @Default("10")
                    Duration responseHeaderTimeout,
            @Doc(
                            "How long a connection may be silent before TCP asks whether the service is still there, and between such questions, in whole seconds; 0 leaves it to the system.")
                    @Default("30")
                    Duration keepAliveTimeout)
            implements Checked {
        /// What Linux takes (tcp(7)).
        private static final long MOST_KEEP_ALIVE = 32_767;

        @Override
        public void check(BiConsumer<String, String> problem) {
            if (!dialTimeout.isPositive()) {
                problem.accept("dialTimeout", "is 0, expected more");
            }
            long seconds = keepAliveTimeout.toSeconds();
            if (keepAliveTimeout.isNegative()
                    || seconds > MOST_KEEP_ALIVE
                    || (seconds == 0 && keepAliveTimeout.isPositive())) {
                problem.accept(
                        "keepAliveTimeout",
                        keepAliveTimeout + ", expected 1 to " + MOST_KEEP_ALIVE + " seconds, or 0");
            }
        }
    }
}
