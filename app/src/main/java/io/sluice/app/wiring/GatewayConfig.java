package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.net.listen.ListenerConfig;
import java.util.List;

/// Everything below the root key `gateway`.
public record GatewayConfig(
        @Doc("The process itself.") @Inline RuntimeConfig runtime,
        @Doc("Where clients reach the gateway.") FrontendConfig frontend,
        @Doc("Further listeners beside the main one.") List<ListenerConfig> listeners,
        @Doc("What the gateway itself answers.") @Inline PagesConfig pages) {

    /// The one key at the top of a file.
    public static final String ROOT = "gateway";

    public GatewayConfig {
        listeners = List.copyOf(listeners);
    }
}
