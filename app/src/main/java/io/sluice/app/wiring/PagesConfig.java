package io.sluice.app.wiring;

import io.sluice.app.console.ConsoleConfig;
import io.sluice.app.console.DemoConfig;
import io.sluice.app.health.HealthConfig;
import io.sluice.app.metrics.MetricsConfig;
import io.sluice.core.config.Doc;

/// The keys right below `gateway` about what the gateway itself answers; the root record holds it inline.
public record PagesConfig(
        @Doc("The gateway's own health, ready and live pages.") HealthConfig health,
        @Doc("The metrics page.") MetricsConfig metrics,
        @Doc("The start page.") ConsoleConfig console,
        @Doc("A service inside the process, to try the gateway with.") DemoConfig demo) {}
