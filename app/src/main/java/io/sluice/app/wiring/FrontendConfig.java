package io.sluice.app.wiring;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import io.sluice.net.http.Entrance;
import io.sluice.net.listen.ListenerConfig;
import org.jspecify.annotations.Nullable;

/// `gateway.frontend`: where clients come in.
@Unsupported(
        keys = {"websocket"},
        why =
                "WebSockets are not passed on to services yet; those of the gateway itself are served on every listener, see realtime.websocket")
@Unsupported(
        keys = {"sse"},
        why =
                "event streams pass like every answer, without keep-alive comments of the gateway's own yet")
public record FrontendConfig(@Doc("The main listener.") Http http) {

    /// `frontend.http`.
    public record Http(
            @Inline ListenerConfig listener,
            @Doc("Bytes of a request body; over it 413. 0 for no limit.") @Default("10MiB") @Bytes
                    long maxRequestSize) {}

    /// One of `listeners`.
    public record More(
            @Inline ListenerConfig listener,
            @Doc(
                            "Bytes of a request body; over it 413. That of frontend.http when left out, 0 for no limit.")
                    @Bytes
                    @Nullable Long maxRequestSize) {

        /// By what its connections know it.
        Entrance entrance() {
            return new Entrance(listener.host(), listener.port());
        }
    }
}
