package io.sluice.app.wiring;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;

/// How a rule's service is spoken to.
public record RuleCall(
        @Doc("What the service speaks on this route.") @Default("http") @Alias("backend")
                Protocol protocol,
        @Doc("Whether the service sees the client's Host; its own address otherwise.")
                @Default("true")
                boolean preserveHost) {

    /// What is passed on. Streams of events are plain HTTP here; the others are not told apart from it yet.
    public enum Protocol {
        HTTP,
        GRPC,
        WEBSOCKET,
        SSE
    }
}
