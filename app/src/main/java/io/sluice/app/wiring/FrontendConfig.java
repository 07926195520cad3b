package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import io.sluice.net.listen.ListenerConfig;

/// `gateway.frontend`: where clients reach the gateway.
public record FrontendConfig(@Doc("The main listener.") ListenerConfig http) {}
